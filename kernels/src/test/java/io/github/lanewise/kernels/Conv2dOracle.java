package io.github.lanewise.kernels;

/**
 * The convolution and its gradients by definition, in double precision, with the error to allow.
 */
final class Conv2dOracle {

  /** Called for each product of the convolution, with places counted from zero and pixels dense. */
  interface Product {
    void at(int input, int filter, int output);
  }

  /**
   * @param sums what a kernel should add up
   * @param magnitudes sums of the products' absolute values, which bound the rounding error
   */
  record Expected(double[] sums, double[] magnitudes) {

    Expected(int size) {
      this(new double[size], new double[size]);
    }

    void add(int at, double product) {
      sums[at] += product;
      magnitudes[at] += Math.abs(product);
    }

    /**
     * Any order of summing n products in float is within {@code n u sum|products|} of the exact
     * sum, u = 2^-24 (Higham 2002, 4.4). Rounding errors of random signs add up like sqrt(n); four
     * times that, but never more than the bound itself, is allowed.
     */
    double tolerance(int at, int products) {
      double n = products + 2;
      return Math.min(n, 4 * Math.sqrt(n)) * 0x1p-24 * magnitudes[at] + 1e-30;
    }
  }

  private Conv2dOracle() {}

  static void forEachProduct(Conv2dGeometry g, Product product) {
    for (int n = 0; n < g.batch(); n++) {
      for (int oy = 0; oy < g.outputHeight(); oy++) {
        for (int ox = 0; ox < g.outputWidth(); ox++) {
          int output = ((n * g.outputHeight() + oy) * g.outputWidth() + ox) * g.outputChannels();
          for (int fy = 0; fy < g.filterHeight(); fy++) {
            int y = oy * g.strideHeight() + fy * g.dilationHeight() - g.padTop();
            for (int fx = 0; fx < g.filterWidth(); fx++) {
              int x = ox * g.strideWidth() + fx * g.dilationWidth() - g.padLeft();
              if (y >= 0 && y < g.inputHeight() && x >= 0 && x < g.inputWidth()) {
                int input = ((n * g.inputHeight() + y) * g.inputWidth() + x) * g.inputChannels();
                int filter =
                    (fy * g.filterWidth() + fx) * g.groupInputChannels() * g.outputChannels();
                forEachChannel(g, input, filter, output, product);
              }
            }
          }
        }
      }
    }
  }

  private static void forEachChannel(
      Conv2dGeometry g, int input, int filter, int output, Product product) {
    for (int co = 0; co < g.outputChannels(); co++) {
      int group = co / g.groupOutputChannels();
      for (int ci = 0; ci < g.groupInputChannels(); ci++) {
        product.at(
            input + group * g.groupInputChannels() + ci,
            filter + ci * g.outputChannels() + co,
            output + co);
      }
    }
  }
}
