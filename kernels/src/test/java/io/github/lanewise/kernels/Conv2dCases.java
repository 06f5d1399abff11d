package io.github.lanewise.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Convolutions of awkward sizes: kernels, strides, dilations, paddings, channels, groups. */
final class Conv2dCases {

  private static final int[][] KERNELS = {
    {1, 1}, {3, 3}, {5, 5}, {1, 7}, {7, 1}, {1, 3}, {2, 2}, {3, 2}
  };
  private static final int[] INPUTS = {1, 3, 16, 17, 32, 48, 80};
  private static final int[] OUTPUTS = {1, 5, 16, 17, 33, 48, 64, 80, 96};

  private Conv2dCases() {}

  static List<Conv2dGeometry> all() {
    List<Conv2dGeometry> cases = new ArrayList<>();
    for (int[] kernel : KERNELS) {
      cases.add(same(2, 9, 7, 17, kernel, 33, 1, 1, 1));
      cases.add(same(1, 7, 7, 32, kernel, 48, 1, 1, 1));
      cases.add(valid(3, 11, 12, 3, kernel, 32, 2, 1, 1));
      cases.add(same(1, 10, 9, 4, kernel, 6, 3, 1, 2));
      cases.add(valid(2, 15, 15, 5, kernel, 64, 1, 2, 1));
      cases.add(same(1, 8, 8, 17, kernel, 17, 1, 1, 17));
      cases.add(same(2, 8, 6, 5, kernel, 10, 2, 1, 5));
    }
    for (int inputs : INPUTS) {
      for (int outputs : OUTPUTS) {
        cases.add(same(1, 4, 5, inputs, new int[] {3, 3}, outputs, 1, 1, 1));
        cases.add(valid(1, 3, 3, inputs, new int[] {1, 1}, outputs, 1, 1, 1));
      }
    }
    cases.add(insidePadding());
    cases.addAll(pictures());
    cases.addAll(mostlyBorder());
    cases.addAll(acrossBlocks());
    Random random = new Random(20261125);
    for (int i = 0; i < 120; i++) {
      int[] kernel = KERNELS[random.nextInt(KERNELS.length)];
      int groups = 1 + random.nextInt(3);
      int inputs = groups * (1 + random.nextInt(20));
      int outputs = groups * (1 + random.nextInt(40));
      int size = 4 + random.nextInt(8);
      int batch = 1 + random.nextInt(3);
      cases.add(
          same(
              batch,
              size,
              size + random.nextInt(3),
              inputs,
              kernel,
              outputs,
              1 + random.nextInt(3),
              1 + random.nextInt(2),
              groups));
    }
    return cases;
  }

  /** Convolutions many of whose taps fall on the border, in batches of many pixels alike. */
  static List<Conv2dGeometry> mostlyBorder() {
    List<Conv2dGeometry> cases = new ArrayList<>();
    for (int batch : new int[] {1, 3, 4, 9, 20}) {
      cases.add(same(batch, 7, 7, 32, new int[] {7, 1}, 48, 1, 1, 1));
      cases.add(same(batch, 7, 7, 40, new int[] {1, 7}, 33, 1, 1, 1));
      cases.add(same(batch, 3, 3, 35, new int[] {3, 3}, 64, 1, 1, 1));
      cases.add(same(batch, 4, 5, 64, new int[] {5, 5}, 20, 1, 1, 2));
      cases.add(same(batch, 9, 8, 32, new int[] {3, 3}, 17, 2, 1, 1));
      cases.add(same(batch, 7, 6, 33, new int[] {3, 3}, 40, 1, 2, 1));
      cases.add(same(batch, 5, 5, 32, new int[] {2, 4}, 16, 2, 2, 1));
    }
    return cases;
  }

  /** Filters with rows in several blocks of {@code simd.Panels}, also within a stretch of taps. */
  static List<Conv2dGeometry> acrossBlocks() {
    List<Conv2dGeometry> cases = new ArrayList<>();
    for (int batch : new int[] {1, 5}) {
      cases.add(valid(batch, 3, 3, 1000, new int[] {1, 1}, 70, 1, 1, 1));
      cases.add(same(batch, 4, 3, 131, new int[] {3, 3}, 100, 1, 1, 1));
      cases.add(same(batch, 3, 5, 450, new int[] {3, 1}, 112, 1, 1, 1));
      cases.add(same(batch, 5, 4, 3 * 61, new int[] {3, 3}, 3 * 90, 1, 1, 3));
      cases.add(same(batch, 5, 4, 97, new int[] {3, 3}, 64, 2, 2, 1));
    }
    return cases;
  }

  /** A convolution for both algorithms whose filters fill blocks of {@code simd.Panels}. */
  static Conv2dGeometry fullBlocks() {
    return same(1, 16, 16, 384, new int[] {3, 3}, 32, 1, 1, 1);
  }

  /** A few that take little time in an interpreter. */
  static List<Conv2dGeometry> small() {
    return List.of(
        same(1, 6, 5, 17, new int[] {3, 3}, 33, 1, 1, 1),
        same(1, 7, 7, 8, new int[] {1, 7}, 8, 1, 1, 1),
        valid(1, 9, 9, 3, new int[] {3, 3}, 16, 2, 1, 1),
        valid(1, 5, 61, 3, new int[] {3, 3}, 48, 2, 1, 1),
        same(1, 6, 6, 5, new int[] {3, 3}, 5, 1, 1, 5));
  }

  /** Convolutions that suit {@code simd.PictureConv2d} at every width of vectors. */
  static List<Conv2dGeometry> pictures() {
    List<Conv2dGeometry> cases = new ArrayList<>();
    for (int width = 12; width <= 40; width++) {
      cases.add(valid(1, 5, 2 * width + 1, 3, new int[] {3, 3}, 32, 2, 1, 1));
    }
    for (int outputs = 16; outputs <= 96; outputs += 16) {
      cases.add(same(2, 7, 29, 3, new int[] {3, 3}, outputs, 2, 1, 1));
    }
    for (int height = 1; height <= 7; height++) {
      for (int width = 1; width <= 7; width++) {
        cases.add(same(1, 6, 27, 3, new int[] {height, width}, 32, 2, 1, 1));
      }
    }
    cases.add(valid(2, 9, 80, 1, new int[] {2, 5}, 32, 6, 1, 1));
    cases.add(same(1, 9, 50, 2, new int[] {5, 4}, 48, 3, 1, 1));
    cases.add(same(3, 4, 15, 6, new int[] {3, 3}, 16, 1, 1, 1));
    cases.add(same(1, 12, 33, 3, new int[] {3, 3}, 64, 2, 2, 1));
    cases.add(valid(20, 41, 43, 3, new int[] {3, 3}, 32, 2, 1, 1));
    return cases;
  }

  /** Convolutions that Winograd's algorithm suits at every width of vectors. */
  static List<Conv2dGeometry> winograd() {
    return List.of(
        same(2, 16, 16, 32, new int[] {3, 3}, 48, 1, 1, 1),
        valid(1, 19, 17, 16, new int[] {3, 3}, 16, 1, 1, 1),
        valid(3, 18, 21, 48, new int[] {3, 3}, 112, 1, 1, 1),
        same(4, 40, 38, 16, new int[] {3, 3}, 32, 1, 1, 1),
        same(1, 13, 18, 48, new int[] {5, 5}, 64, 1, 1, 1),
        valid(2, 19, 19, 16, new int[] {5, 5}, 32, 1, 1, 1),
        same(1, 15, 14, 16, new int[] {3, 5}, 16, 1, 1, 1),
        same(3, 7, 7, 32, new int[] {1, 7}, 80, 1, 1, 1),
        valid(1, 9, 14, 16, new int[] {1, 7}, 16, 1, 1, 1),
        same(2, 7, 7, 16, new int[] {7, 1}, 32, 1, 1, 1),
        valid(1, 18, 11, 32, new int[] {7, 1}, 48, 1, 1, 1),
        same(1, 12, 13, 16, new int[] {1, 3}, 16, 1, 1, 1),
        same(9, 12, 13, 16, new int[] {3, 1}, 16, 1, 1, 1),
        same(1, 11, 12, 16, new int[] {1, 5}, 16, 1, 1, 1));
  }

  /** One of each transform. */
  static List<Conv2dGeometry> smallWinograd() {
    return List.of(
        same(1, 16, 13, 16, new int[] {3, 3}, 16, 1, 1, 1),
        same(1, 14, 13, 16, new int[] {5, 5}, 16, 1, 1, 1),
        same(1, 7, 7, 16, new int[] {1, 7}, 16, 1, 1, 1));
  }

  /** Convolutions that it does not suit at any. */
  static List<Conv2dGeometry> unsuitedForWinograd() {
    return List.of(
        same(1, 16, 16, 32, new int[] {3, 3}, 32, 2, 1, 1),
        same(1, 16, 16, 32, new int[] {3, 3}, 32, 1, 2, 1),
        same(1, 16, 16, 32, new int[] {3, 3}, 32, 1, 1, 2),
        same(1, 16, 16, 32, new int[] {3, 3}, 33, 1, 1, 1),
        same(1, 16, 16, 3, new int[] {3, 3}, 32, 1, 1, 1),
        same(1, 16, 16, 32, new int[] {1, 1}, 32, 1, 1, 1),
        same(1, 16, 16, 32, new int[] {2, 2}, 32, 1, 1, 1),
        same(1, 28, 28, 32, new int[] {7, 7}, 32, 1, 1, 1),
        same(9, 3, 3, 32, new int[] {3, 3}, 32, 1, 1, 1));
  }

  /** Windows that lie wholly in the padding at the left. */
  private static Conv2dGeometry insidePadding() {
    return new Conv2dGeometry(1, 3, 3, 2, 2, 1, 2, 1, 1, 1, 1, 0, 6, 3, 3, 5, 5, 1);
  }

  private static Conv2dGeometry same(
      int batch,
      int height,
      int width,
      int inputs,
      int[] kernel,
      int outputs,
      int stride,
      int dilation,
      int groups) {
    int outputHeight = (height + stride - 1) / stride;
    int outputWidth = (width + stride - 1) / stride;
    int reachedHeight = (outputHeight - 1) * stride + (kernel[0] - 1) * dilation + 1;
    int reachedWidth = (outputWidth - 1) * stride + (kernel[1] - 1) * dilation + 1;
    return new Conv2dGeometry(
        batch,
        height,
        width,
        inputs,
        inputs,
        kernel[0],
        kernel[1],
        stride,
        stride,
        dilation,
        dilation,
        Math.max(0, reachedHeight - height) / 2,
        Math.max(0, reachedWidth - width) / 2,
        outputHeight,
        outputWidth,
        outputs,
        outputs,
        groups);
  }

  private static Conv2dGeometry valid(
      int batch,
      int height,
      int width,
      int inputs,
      int[] kernel,
      int outputs,
      int stride,
      int dilation,
      int groups) {
    return new Conv2dGeometry(
        batch,
        height,
        width,
        inputs,
        inputs,
        kernel[0],
        kernel[1],
        stride,
        stride,
        dilation,
        dilation,
        0,
        0,
        (height - (kernel[0] - 1) * dilation - 1) / stride + 1,
        (width - (kernel[1] - 1) * dilation - 1) / stride + 1,
        outputs,
        outputs,
        groups);
  }
}
