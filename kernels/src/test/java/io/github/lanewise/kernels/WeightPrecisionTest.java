package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.scalar.WeightRounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class WeightPrecisionTest {

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(11);

  /** A quarter of the cases of {@link Conv2dTest}, which says how sums are made, and products. */
  static List<Arguments> directCases() {
    List<Conv2dGeometry> cases = new ArrayList<>();
    for (int i = 0; i < Conv2dCases.all().size(); i += 4) {
      cases.add(Conv2dCases.all().get(i));
    }
    for (int batch : new int[] {1, 3}) {
      for (int[] size : new int[][] {{700, 96}, {33, 40}, {5, 17}, {130, 1}, {2050, 24}}) {
        cases.add(product(batch, size[0], size[1]));
      }
    }
    return inBothPrecisions(cases);
  }

  static List<Arguments> winogradCases() {
    return inBothPrecisions(Conv2dCases.winograd());
  }

  private static List<Arguments> inBothPrecisions(List<Conv2dGeometry> cases) {
    List<Arguments> arguments = new ArrayList<>();
    for (Conv2dGeometry g : cases) {
      arguments.add(Arguments.of(g, WeightPrecision.BFLOAT16));
      arguments.add(Arguments.of(g, WeightPrecision.INT8));
    }
    return arguments;
  }

  /** Rows of a product, as images of one pixel. */
  private static Conv2dGeometry product(int rows, int k, int columns) {
    return new Conv2dGeometry(rows, 1, 1, k, k, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, columns, columns, 1);
  }

  @ParameterizedTest
  @MethodSource("directCases")
  void roundedWeightsAreConvolvedAsFloatsAre(Conv2dGeometry g, WeightPrecision precision) {
    Case test = new Case(g, Conv2dAlgorithm.DIRECT, precision);
    assertEquals(
        g.depthwise() && g.groups() > 1 ? WeightPrecision.FLOAT32 : precision,
        test.packed.precision());
    Conv2dOracle.Expected expected = test.expected(test.rounded());
    for (int i = 0; i < test.found.length; i++) {
      double tolerance = expected.tolerance(i, test.products());
      double value = Math.max(0, expected.sums()[i]);
      assertEquals(value, test.found[i], tolerance, "output " + i + " of " + g);
    }
  }

  /**
   * The root mean square of the errors by that of the outputs. Without Winograd's transforms it
   * would be 0.002 in 16 bits and 0.008 in 8: they enlarge errors of the transformed filter up to 6
   * times for three taps, up to 20 times for more.
   */
  @ParameterizedTest
  @MethodSource("winogradCases")
  void winogradComesNearTheConvolutionByTheWeightsAsTheyWere(
      Conv2dGeometry g, WeightPrecision precision) {
    Case test = new Case(g, Conv2dAlgorithm.WINOGRAD, precision);
    assertEquals(kernels.vectorBits() > 0, test.packed.algorithm().startsWith("Winograd"));
    double[] sums = test.expected(test.filter).sums();
    double error = 0;
    double size = 0;
    for (int i = 0; i < test.found.length; i++) {
      error += Math.pow(Math.max(0, sums[i]) - test.found[i], 2);
      size += Math.pow(Math.max(0, sums[i]), 2);
    }
    double relative = Math.sqrt(error / size);
    boolean threeTaps = Math.max(g.filterHeight(), g.filterWidth()) == 3;
    double allowed = threeTaps ? 0.01 : 0.04;
    if (precision == WeightPrecision.INT8) {
      allowed *= 3.5;
    }
    assertTrue(relative < allowed, relative + " of " + g);
  }

  @Test
  void packedWeightsTakeAHalfAndAQuarterOfTheMemory() {
    for (Conv2dGeometry g : List.of(Conv2dCases.fullBlocks(), product(1, 768, 320))) {
      float[] filter = new float[size(g)];
      for (Conv2dAlgorithm algorithm : Conv2dAlgorithm.values()) {
        long floats = kernels.packFilter(g, filter, 0, algorithm).bytes();
        long half = kernels.packFilter(g, filter, 0, algorithm, WeightPrecision.BFLOAT16).bytes();
        long quarter = kernels.packFilter(g, filter, 0, algorithm, WeightPrecision.INT8).bytes();
        assertEquals(0.5, (double) half / floats, 0.01);
        assertEquals(0.25, (double) quarter / floats, 0.035);
      }
    }
  }

  @Test
  void bfloat16RoundsToTheNearestAndTiesToEven() {
    assertEquals(0x3f80, WeightRounding.toBFloat16(1));
    assertEquals(0x3f80, WeightRounding.toBFloat16(1 + 0x1p-8f));
    assertEquals(0x3f81, WeightRounding.toBFloat16(1 + 0x1p-8f + 0x1p-20f));
    assertEquals(0x3f82, WeightRounding.toBFloat16(1 + 0x3p-8f));
    assertEquals((short) 0x8000, WeightRounding.toBFloat16(-0f));
    assertEquals(0x7f80, WeightRounding.toBFloat16(Float.MAX_VALUE));
    assertEquals(0x7f80, WeightRounding.toBFloat16(Float.POSITIVE_INFINITY));
    float nan = Float.intBitsToFloat(0x7f800001);
    assertTrue(Float.isNaN(WeightRounding.fromBFloat16(WeightRounding.toBFloat16(nan))));
    for (int i = 0; i < 1000; i++) {
      float x = (float) random.nextGaussian();
      float rounded = WeightRounding.fromBFloat16(WeightRounding.toBFloat16(x));
      assertEquals(x, rounded, 0x1p-8f * Math.abs(x));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "INT8"})
  void aChannelWithoutAFiniteWeightIsNotANumberAndOneOfZerosIsZero(WeightPrecision precision) {
    Conv2dGeometry g = product(1, 8, 32);
    float[] filter = new float[8 * 32];
    filter[3 * 32 + 1] = Float.NaN;
    PackedFilter packed = kernels.packFilter(g, filter, 0, Conv2dAlgorithm.DIRECT, precision);
    float[] y = new float[32];
    float[] x = new float[8];
    Arrays.fill(x, 1);
    kernels.conv2d(g, x, 0, packed, Epilogue.NONE, y, 0, new float[0], 0, ParallelLoop.serial());
    assertEquals(0, y[0]);
    assertTrue(Float.isNaN(y[1]));
    assertEquals(0, y[2]);
  }

  private static int size(Conv2dGeometry g) {
    return g.filterHeight() * g.filterWidth() * g.groupInputChannels() * g.outputChannels();
  }

  /** Random operands, and the kernel's outputs for them with bias and relu. */
  private final class Case {
    final Conv2dGeometry g;
    final PackedFilter packed;
    final float[] input;
    final float[] filter;
    final float[] bias;
    final float[] found;

    Case(Conv2dGeometry g, Conv2dAlgorithm algorithm, WeightPrecision precision) {
      this.g = g;
      this.input = draw(g.batch() * g.inputHeight() * g.inputWidth() * g.inputChannels());
      this.filter = draw(size(g));
      this.bias = draw(g.outputChannels());
      this.packed = kernels.packFilter(g, filter, 0, algorithm, precision);
      int size = g.batch() * g.outputHeight() * g.outputWidth() * g.outputChannels();
      float[] workspace = new float[kernels.conv2dWorkspace(g, packed)];
      GuardedFloats output =
          GuardedFloats.sameForAnyThreads(
              threads -> {
                GuardedFloats result = GuardedFloats.guards(7, size);
                kernels.conv2d(
                    g,
                    input,
                    0,
                    packed,
                    new Epilogue(bias, true),
                    result.array(),
                    result.offset(),
                    workspace,
                    0,
                    ParallelLoop.of(threads));
                result.assertGuardsIntact();
                return result;
              });
      this.found = output.values();
    }

    private float[] draw(int n) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }

    int products() {
      return g.filterHeight() * g.filterWidth() * g.groupInputChannels();
    }

    /** The filter in its precision, by the definition. */
    float[] rounded() {
      float[] rounded = filter.clone();
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] =
            switch (packed.precision()) {
              case FLOAT32 -> filter[i];
              case BFLOAT16 -> WeightRounding.fromBFloat16(WeightRounding.toBFloat16(filter[i]));
              case INT8 -> {
                float scale = scale(i % g.outputChannels());
                yield WeightRounding.toInt8(filter[i], scale) * scale;
              }
            };
        double bound =
            switch (packed.precision()) {
              case FLOAT32 -> 0;
              case BFLOAT16 -> Math.abs(filter[i]) * 0x1p-8;
              case INT8 -> scale(i % g.outputChannels()) * 0.50001;
            };
        assertEquals(filter[i], rounded[i], bound);
      }
      return rounded;
    }

    private float scale(int channel) {
      float largest = 0;
      for (int i = channel; i < filter.length; i += g.outputChannels()) {
        largest = Math.max(largest, Math.abs(filter[i]));
      }
      return largest / 127;
    }

    Conv2dOracle.Expected expected(float[] weights) {
      Conv2dOracle.Expected expected = new Conv2dOracle.Expected(found.length);
      Conv2dOracle.forEachProduct(g, (x, f, y) -> expected.add(y, (double) input[x] * weights[f]));
      for (int y = 0; y < found.length; y++) {
        expected.add(y, bias[y % g.outputChannels()]);
      }
      return expected;
    }
  }
}
