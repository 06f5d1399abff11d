package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class Conv2dGradientTest {

  /** As in {@link Conv2dTest}, of inputs of variance 1/3. */
  private static final double WINOGRAD_ERROR = 4e-5;

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(4);

  static List<Conv2dGeometry> cases() {
    return Conv2dCases.all();
  }

  static List<Conv2dGeometry> winogradCases() {
    return Conv2dCases.winograd();
  }

  private static int inputSize(Conv2dGeometry g) {
    return g.batch() * g.inputHeight() * g.inputWidth() * g.inputChannels();
  }

  private static int outputSize(Conv2dGeometry g) {
    return g.batch() * g.outputHeight() * g.outputWidth() * g.outputChannels();
  }

  private static int filterSize(Conv2dGeometry g) {
    return g.filterHeight() * g.filterWidth() * g.groupInputChannels() * g.outputChannels();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theInputsGradientIsAdded(Conv2dGeometry g) {
    checkInputGradient(g, false);
  }

  @ParameterizedTest
  @MethodSource("winogradCases")
  void theInputsGradientByWinogradComesNear(Conv2dGeometry g) {
    checkInputGradient(g, kernels.vectorBits() > 0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFiltersGradientIsAdded(Conv2dGeometry g) {
    checkFilterGradient(g, winograd(g));
  }

  @ParameterizedTest
  @MethodSource("winogradCases")
  void theFiltersGradientByWinogradComesNear(Conv2dGeometry g) {
    assertEquals(kernels.vectorBits() > 0, winograd(g));
    checkFilterGradient(g, winograd(g));
  }

  private boolean winograd(Conv2dGeometry g) {
    return kernels
        .packFilter(g, new float[filterSize(g)], 0, Conv2dAlgorithm.WINOGRAD)
        .algorithm()
        .startsWith("Winograd");
  }

  private void checkInputGradient(Conv2dGeometry g, boolean winograd) {
    GuardedFloats dy = GuardedFloats.random(5, outputSize(g), random);
    GuardedFloats filter = GuardedFloats.random(3, filterSize(g), random);
    GuardedFloats before = GuardedFloats.random(1, inputSize(g), random);
    GuardedFloats found =
        GuardedFloats.sameForAnyThreads(
            threads -> {
              GuardedFloats dx = before.copy();
              kernels.conv2dInputGradient(
                  g,
                  dy.array(),
                  dy.offset(),
                  filter.array(),
                  filter.offset(),
                  dx.array(),
                  dx.offset(),
                  ParallelLoop.of(threads));
              return dx;
            });
    Conv2dOracle.Expected expected = new Conv2dOracle.Expected(inputSize(g));
    Conv2dOracle.forEachProduct(
        g, (x, f, y) -> expected.add(x, (double) dy.get(y) * filter.get(f)));
    int products = g.filterHeight() * g.filterWidth() * g.outputChannels();
    assertAdded(before, expected, found, products, winograd);
  }

  private void checkFilterGradient(Conv2dGeometry g, boolean winograd) {
    GuardedFloats x = GuardedFloats.random(5, inputSize(g), random);
    GuardedFloats dy = GuardedFloats.random(3, outputSize(g), random);
    GuardedFloats before = GuardedFloats.random(1, filterSize(g), random);
    GuardedFloats found =
        GuardedFloats.sameForAnyThreads(
            threads -> {
              GuardedFloats df = before.copy();
              kernels.conv2dFilterGradient(
                  g,
                  x.array(),
                  x.offset(),
                  dy.array(),
                  dy.offset(),
                  df.array(),
                  df.offset(),
                  ParallelLoop.of(threads));
              return df;
            });
    Conv2dOracle.Expected expected = new Conv2dOracle.Expected(filterSize(g));
    Conv2dOracle.forEachProduct(g, (i, f, y) -> expected.add(f, (double) x.get(i) * dy.get(y)));
    int products = g.batch() * g.outputHeight() * g.outputWidth();
    assertAdded(before, expected, found, products, winograd);
  }

  private static void assertAdded(
      GuardedFloats before,
      Conv2dOracle.Expected expected,
      GuardedFloats found,
      int products,
      boolean winograd) {
    found.assertGuardsIntact();
    for (int i = 0; i < found.size(); i++) {
      expected.add(i, before.get(i));
      double tolerance =
          winograd ? WINOGRAD_ERROR * Math.sqrt(products) : expected.tolerance(i, products);
      assertEquals(expected.sums()[i], found.get(i), tolerance, "gradient " + i);
    }
  }
}
