package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("every-width")
class Conv2dTest {

  /** The largest error of an output whose standard deviation is 1. */
  private static final double WINOGRAD_ERROR = 4e-5;

  private final Kernels kernels = KernelSelector.kernels();
  private final Random random = new Random(3);

  static List<Conv2dGeometry> cases() {
    return Conv2dCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void convolutionIsThatOfTheDefinition(Conv2dGeometry g) {
    check(g, Conv2dAlgorithm.DIRECT, false, false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pixelsMayLieApartAndBiasAndReluCome(Conv2dGeometry g) {
    check(apart(g), Conv2dAlgorithm.DIRECT, true, true);
  }

  static List<Conv2dGeometry> winogradCases() {
    return Conv2dCases.winograd();
  }

  @ParameterizedTest
  @MethodSource("winogradCases")
  void winogradComesNearTheDefinition(Conv2dGeometry g) {
    check(g, Conv2dAlgorithm.WINOGRAD, false, false);
  }

  @ParameterizedTest
  @MethodSource("winogradCases")
  void winogradTakesPixelsThatLieApartAndBiasAndRelu(Conv2dGeometry g) {
    check(apart(g), Conv2dAlgorithm.WINOGRAD, true, true);
  }

  static List<Conv2dGeometry> pictureCases() {
    return Conv2dCases.pictures();
  }

  @ParameterizedTest
  @MethodSource("pictureCases")
  void picturesHaveAKernelOfTheirOwn(Conv2dGeometry g) {
    assertEquals(kernels.vectorBits() > 0, kernelOfPictures(g));
  }

  @Test
  void picturesOfOtherStepsGroupsOrWidthsHaveNot() {
    Conv2dGeometry picture = Conv2dCases.pictures().get(0);
    Conv2dGeometry narrow =
        new Conv2dGeometry(1, 5, 23, 3, 3, 3, 3, 2, 2, 1, 1, 0, 0, 2, 11, 32, 32, 1);
    Conv2dGeometry dense =
        new Conv2dGeometry(1, 5, 25, 3, 3, 3, 3, 1, 1, 1, 1, 0, 0, 3, 23, 32, 32, 1);
    Conv2dGeometry ragged =
        new Conv2dGeometry(1, 5, 25, 3, 3, 3, 3, 2, 2, 1, 1, 0, 0, 2, 12, 33, 33, 1);
    Conv2dGeometry grouped =
        new Conv2dGeometry(1, 5, 25, 6, 6, 3, 3, 1, 1, 1, 1, 0, 0, 3, 23, 32, 32, 2);
    assertEquals(kernels.vectorBits() > 0, kernelOfPictures(picture));
    for (Conv2dGeometry g : List.of(narrow, dense, ragged, grouped)) {
      assertFalse(kernelOfPictures(g), g.toString());
    }
  }

  private boolean kernelOfPictures(Conv2dGeometry g) {
    PackedFilter packed = kernels.packFilter(g, new float[filterSize(g)], 0);
    return packed.algorithm().startsWith("direct for pictures, tile ");
  }

  static List<Conv2dGeometry> unsuitedCases() {
    return Conv2dCases.unsuitedForWinograd();
  }

  @ParameterizedTest
  @MethodSource("unsuitedCases")
  void winogradIsLeftOutWhereItDoesNotSuit(Conv2dGeometry g) {
    float[] filter = new float[filterSize(g)];
    String algorithm = kernels.packFilter(g, filter, 0, Conv2dAlgorithm.WINOGRAD).algorithm();
    assertTrue(algorithm.startsWith("direct"), algorithm);
  }

  private static Conv2dGeometry apart(Conv2dGeometry g) {
    return g.withPixelStrides(g.inputChannels() + 3, g.outputChannels() + 5);
  }

  private void check(Conv2dGeometry g, Conv2dAlgorithm algorithm, boolean biased, boolean relu) {
    int inputPixels = g.batch() * g.inputHeight() * g.inputWidth();
    int outputPixels = g.batch() * g.outputHeight() * g.outputWidth();
    GuardedFloats input = GuardedFloats.random(5, inputPixels * g.inputPixelStride(), random);
    GuardedFloats filter = GuardedFloats.random(3, filterSize(g), random);
    GuardedFloats bias = GuardedFloats.random(0, g.outputChannels(), random);
    Epilogue epilogue = new Epilogue(biased ? bias.values() : null, relu);
    PackedFilter packed = kernels.packFilter(g, filter.array(), filter.offset(), algorithm);
    boolean winograd = packed.algorithm().startsWith("Winograd");
    assertEquals(algorithm == Conv2dAlgorithm.WINOGRAD && kernels.vectorBits() > 0, winograd);

    GuardedFloats output =
        GuardedFloats.sameForAnyThreads(
            threads -> {
              GuardedFloats result = GuardedFloats.guards(7, outputPixels * g.outputPixelStride());
              GuardedFloats workspace = GuardedFloats.guards(2, kernels.conv2dWorkspace(g, packed));
              kernels.conv2d(
                  g,
                  input.array(),
                  input.offset(),
                  packed,
                  epilogue,
                  result.array(),
                  result.offset(),
                  workspace.array(),
                  workspace.offset(),
                  ParallelLoop.of(threads));
              workspace.assertGuardsIntact();
              return result;
            });
    GuardedFloats byPlainFilter =
        GuardedFloats.sameForAnyThreads(
            threads -> {
              GuardedFloats result = GuardedFloats.guards(7, outputPixels * g.outputPixelStride());
              kernels.conv2d(
                  g,
                  input.array(),
                  input.offset(),
                  filter.array(),
                  filter.offset(),
                  algorithm,
                  epilogue,
                  result.array(),
                  result.offset(),
                  ParallelLoop.of(threads));
              return result;
            });
    assertArrayEquals(output.array(), byPlainFilter.array());

    output.assertGuardsIntact(g.outputChannels(), g.outputPixelStride());
    Conv2dOracle.Expected expected = new Conv2dOracle.Expected(outputPixels * g.outputChannels());
    Conv2dOracle.forEachProduct(
        g,
        (x, f, y) ->
            expected.add(
                y,
                (double)
                        input.get(
                            x / g.inputChannels() * g.inputPixelStride() + x % g.inputChannels())
                    * filter.get(f)));
    for (int y = 0; y < expected.sums().length; y++) {
      int channel = y % g.outputChannels();
      if (biased) {
        expected.add(y, bias.get(channel));
      }
      double value = relu ? Math.max(0, expected.sums()[y]) : expected.sums()[y];
      float found = output.get(y / g.outputChannels() * g.outputPixelStride() + channel);
      double tolerance =
          winograd ? WINOGRAD_ERROR * Math.sqrt(products(g)) : expected.tolerance(y, products(g));
      assertEquals(value, found, tolerance, "output " + y + " of " + g);
    }
  }

  private static int filterSize(Conv2dGeometry g) {
    return g.filterHeight() * g.filterWidth() * g.groupInputChannels() * g.outputChannels();
  }

  private static int products(Conv2dGeometry g) {
    return g.filterHeight() * g.filterWidth() * g.groupInputChannels();
  }

  @Test
  void notANumberPassesThroughReluOfAPicture() {
    Conv2dGeometry g = Conv2dCases.pictures().get(0);
    float[] input = new float[g.inputHeight() * g.inputWidth() * 3];
    input[3] = Float.NaN;
    float[] filter = new float[filterSize(g)];
    java.util.Arrays.fill(filter, -1);
    float[] output = new float[g.outputHeight() * g.outputWidth() * 32];
    Epilogue relu = new Epilogue(null, true);
    kernels.conv2d(
        g, input, 0, filter, 0, Conv2dAlgorithm.DIRECT, relu, output, 0, ParallelLoop.serial());
    assertTrue(Float.isNaN(output[0]));
    assertTrue(Float.isNaN(output[31]));
    assertEquals(0, output[32]);
  }

  @Test
  void notANumberPassesThroughRelu() {
    Conv2dGeometry g = new Conv2dGeometry(1, 2, 2, 16, 16, 1, 1, 1, 1, 1, 1, 0, 0, 2, 2, 32, 32, 1);
    float[] input = new float[4 * 16];
    input[16] = Float.NaN;
    float[] filter = new float[16 * 32];
    java.util.Arrays.fill(filter, 1);
    float[] output = new float[4 * 32];
    PackedFilter packed = kernels.packFilter(g, filter, 0);
    kernels.conv2d(
        g,
        input,
        0,
        packed,
        new Epilogue(null, true),
        output,
        0,
        new float[kernels.conv2dWorkspace(g, packed)],
        0,
        ParallelLoop.serial());
    assertEquals(0, output[31]);
    assertTrue(Float.isNaN(output[32]));
    assertTrue(Float.isNaN(output[63]));
    assertEquals(0, output[64]);
  }
}
