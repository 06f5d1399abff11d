package io.github.lanewise.op;

import static io.github.lanewise.op.Padding.SAME;
import static io.github.lanewise.op.Padding.VALID;

import java.util.List;

/** Convolutions, and products with weights. */
final class ConvolutionCases {

  private ConvolutionCases() {}

  static void addTo(List<OpCase> cases) {
    SeededTensors s = new SeededTensors(1);
    cases.add(
        OpCase.of("conv2d 3x3 same", Conv2d.of(SAME), s.any(2, 5, 4, 3), s.any(3, 3, 3, 5))
            .linearIn(0, 1));
    cases.add(
        OpCase.of("conv2d 1x1", Conv2d.of(VALID), s.any(2, 3, 3, 7), s.any(1, 1, 7, 9))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d 3x3 valid with bias",
                Conv2d.of(VALID),
                s.any(2, 5, 5, 2),
                s.any(3, 3, 2, 4),
                s.any(4))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of("conv2d 1x7 same", Conv2d.of(SAME), s.any(1, 3, 5, 3), s.any(1, 7, 3, 4))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d 5x2 stride 2x3 same",
                new Conv2d(2, 3, SAME, 1, 1, 1),
                s.any(1, 6, 7, 2),
                s.any(5, 2, 2, 3))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d 3x3 stride 2 valid",
                new Conv2d(2, 2, VALID, 1, 1, 1),
                s.any(2, 7, 6, 3),
                s.any(3, 3, 3, 4))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d 3x2 dilation 2x3 same",
                new Conv2d(1, 1, SAME, 2, 3, 1),
                s.any(1, 6, 7, 2),
                s.any(3, 2, 2, 3))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d in 3 groups",
                new Conv2d(1, 2, SAME, 1, 1, 3),
                s.any(2, 4, 5, 6),
                s.any(3, 3, 2, 9))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv2d of many channels", Conv2d.of(SAME), s.any(1, 4, 3, 17), s.any(3, 3, 17, 33))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "depthwise 3x3 same, multiplier 2, with bias",
                new DepthwiseConv2d(1, 1, SAME, 1, 1),
                s.any(2, 4, 5, 3),
                s.any(3, 3, 3, 2),
                s.any(6))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "depthwise 3x3 stride 2 valid",
                new DepthwiseConv2d(2, 2, VALID, 1, 1),
                s.any(1, 7, 7, 5),
                s.any(3, 3, 5, 1))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "depthwise 2x2 dilation 2 same",
                new DepthwiseConv2d(1, 1, SAME, 2, 2),
                s.any(1, 5, 4, 4),
                s.any(2, 2, 4, 1))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "conv1d stride 2 same in 2 groups, with bias",
                new Conv1d(2, SAME, 1, 2),
                s.any(2, 7, 4),
                s.any(3, 2, 6),
                s.any(6))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "conv1d dilation 2 valid",
                new Conv1d(1, VALID, 2, 1),
                s.any(2, 7, 3),
                s.any(3, 3, 5))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "depthwise conv1d stride 2 same, multiplier 2, with bias",
                new DepthwiseConv1d(2, SAME, 1),
                s.any(2, 7, 3),
                s.any(3, 3, 2),
                s.any(6))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "depthwise conv1d dilation 2 valid",
                new DepthwiseConv1d(1, VALID, 2),
                s.any(1, 6, 4),
                s.any(2, 4, 1))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "transposed conv2d 3x3 stride 2 same, with bias",
                new Conv2dTranspose(2, 2, SAME, -1, -1),
                s.any(2, 3, 4, 3),
                s.any(3, 3, 2, 3),
                s.any(2))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "transposed conv2d 3x2 stride 2x3 valid, output padding 1x2",
                new Conv2dTranspose(2, 3, VALID, 1, 2),
                s.any(1, 3, 2, 5),
                s.any(3, 2, 3, 5))
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "transposed conv2d 1x1 stride 2 valid",
                new Conv2dTranspose(2, 2, VALID, -1, -1),
                s.any(2, 3, 2, 3),
                s.any(1, 1, 4, 3))
            .linearIn(0, 1));
    cases.add(OpCase.of("dense", new Dense(), s.any(4, 7), s.any(7, 5)).linearIn(0, 1));
    cases.add(
        OpCase.of("dense on pixels, with bias", new Dense(), s.any(2, 3, 4), s.any(4, 9), s.any(9))
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of("dense of one unit", new Dense(), s.any(5, 33), s.any(33, 1), s.any(1))
            .linearIn(0, 1, 2));
  }
}
