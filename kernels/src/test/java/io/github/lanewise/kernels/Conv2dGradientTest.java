package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class Conv2dGradientTest {

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(4);

  static List<Conv2dGeometry> cases() {
    return Conv2dCases.all();
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
    assertAdded(before, expected, found, g.filterHeight() * g.filterWidth() * g.outputChannels());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFiltersGradientIsAdded(Conv2dGeometry g) {
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
    assertAdded(before, expected, found, g.batch() * g.outputHeight() * g.outputWidth());
  }

  private static void assertAdded(
      GuardedFloats before, Conv2dOracle.Expected expected, GuardedFloats found, int products) {
    found.assertGuardsIntact();
    for (int i = 0; i < found.size(); i++) {
      expected.add(i, before.get(i));
      double tolerance = expected.tolerance(i, products);
      assertEquals(expected.sums()[i], found.get(i), tolerance, "gradient " + i);
    }
  }
}
