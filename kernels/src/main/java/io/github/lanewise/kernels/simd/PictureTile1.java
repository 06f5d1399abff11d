package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PictureTile}s 1 vector wide. Accumulators are spelled out, each method has one loop, and
 * it calls nothing but the Vector API: else C2 leaves vectors in boxes.
 */
final class PictureTile1 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int STEP = PictureTile.STEP;

  private PictureTile1() {}

  static void run(int pixels, PictureTile t, int from, int weights, int column, int to) {
    switch (pixels) {
      case 8 -> pixels8(t, from, weights, column, to);
      case 12 -> pixels12(t, from, weights, column, to);
      default -> throw new AssertionError(pixels);
    }
  }

  private static void pixels8(PictureTile t, int from, int weights, int column, int to) {
    FloatVector b0 = FloatVector.fromArray(S, t.bias, column);
    FloatVector c00 = b0;
    FloatVector c10 = b0;
    FloatVector c20 = b0;
    FloatVector c30 = b0;
    FloatVector c40 = b0;
    FloatVector c50 = b0;
    FloatVector c60 = b0;
    FloatVector c70 = b0;
    for (int i = 0, p = weights; i < t.taps.length; i++, p += L) {
      int q = from + t.taps[i];
      FloatVector w0 = FloatVector.fromArray(S, t.filter, p);
      FloatVector x0 = FloatVector.broadcast(S, t.input[q]);
      c00 = x0.fma(w0, c00);
      FloatVector x1 = FloatVector.broadcast(S, t.input[q + STEP]);
      c10 = x1.fma(w0, c10);
      FloatVector x2 = FloatVector.broadcast(S, t.input[q + 2 * STEP]);
      c20 = x2.fma(w0, c20);
      FloatVector x3 = FloatVector.broadcast(S, t.input[q + 3 * STEP]);
      c30 = x3.fma(w0, c30);
      FloatVector x4 = FloatVector.broadcast(S, t.input[q + 4 * STEP]);
      c40 = x4.fma(w0, c40);
      FloatVector x5 = FloatVector.broadcast(S, t.input[q + 5 * STEP]);
      c50 = x5.fma(w0, c50);
      FloatVector x6 = FloatVector.broadcast(S, t.input[q + 6 * STEP]);
      c60 = x6.fma(w0, c60);
      FloatVector x7 = FloatVector.broadcast(S, t.input[q + 7 * STEP]);
      c70 = x7.fma(w0, c70);
    }
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.output, to);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.output, to + t.pitch);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.output, to + 2 * t.pitch);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.output, to + 3 * t.pitch);
    c40.blend(t.floor, c40.lt(t.floor)).intoArray(t.output, to + 4 * t.pitch);
    c50.blend(t.floor, c50.lt(t.floor)).intoArray(t.output, to + 5 * t.pitch);
    c60.blend(t.floor, c60.lt(t.floor)).intoArray(t.output, to + 6 * t.pitch);
    c70.blend(t.floor, c70.lt(t.floor)).intoArray(t.output, to + 7 * t.pitch);
  }

  private static void pixels12(PictureTile t, int from, int weights, int column, int to) {
    FloatVector b0 = FloatVector.fromArray(S, t.bias, column);
    FloatVector c00 = b0;
    FloatVector c10 = b0;
    FloatVector c20 = b0;
    FloatVector c30 = b0;
    FloatVector c40 = b0;
    FloatVector c50 = b0;
    FloatVector c60 = b0;
    FloatVector c70 = b0;
    FloatVector c80 = b0;
    FloatVector c90 = b0;
    FloatVector ca0 = b0;
    FloatVector cb0 = b0;
    for (int i = 0, p = weights; i < t.taps.length; i++, p += L) {
      int q = from + t.taps[i];
      FloatVector w0 = FloatVector.fromArray(S, t.filter, p);
      FloatVector x0 = FloatVector.broadcast(S, t.input[q]);
      c00 = x0.fma(w0, c00);
      FloatVector x1 = FloatVector.broadcast(S, t.input[q + STEP]);
      c10 = x1.fma(w0, c10);
      FloatVector x2 = FloatVector.broadcast(S, t.input[q + 2 * STEP]);
      c20 = x2.fma(w0, c20);
      FloatVector x3 = FloatVector.broadcast(S, t.input[q + 3 * STEP]);
      c30 = x3.fma(w0, c30);
      FloatVector x4 = FloatVector.broadcast(S, t.input[q + 4 * STEP]);
      c40 = x4.fma(w0, c40);
      FloatVector x5 = FloatVector.broadcast(S, t.input[q + 5 * STEP]);
      c50 = x5.fma(w0, c50);
      FloatVector x6 = FloatVector.broadcast(S, t.input[q + 6 * STEP]);
      c60 = x6.fma(w0, c60);
      FloatVector x7 = FloatVector.broadcast(S, t.input[q + 7 * STEP]);
      c70 = x7.fma(w0, c70);
      FloatVector x8 = FloatVector.broadcast(S, t.input[q + 8 * STEP]);
      c80 = x8.fma(w0, c80);
      FloatVector x9 = FloatVector.broadcast(S, t.input[q + 9 * STEP]);
      c90 = x9.fma(w0, c90);
      FloatVector xa = FloatVector.broadcast(S, t.input[q + 10 * STEP]);
      ca0 = xa.fma(w0, ca0);
      FloatVector xb = FloatVector.broadcast(S, t.input[q + 11 * STEP]);
      cb0 = xb.fma(w0, cb0);
    }
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.output, to);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.output, to + t.pitch);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.output, to + 2 * t.pitch);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.output, to + 3 * t.pitch);
    c40.blend(t.floor, c40.lt(t.floor)).intoArray(t.output, to + 4 * t.pitch);
    c50.blend(t.floor, c50.lt(t.floor)).intoArray(t.output, to + 5 * t.pitch);
    c60.blend(t.floor, c60.lt(t.floor)).intoArray(t.output, to + 6 * t.pitch);
    c70.blend(t.floor, c70.lt(t.floor)).intoArray(t.output, to + 7 * t.pitch);
    c80.blend(t.floor, c80.lt(t.floor)).intoArray(t.output, to + 8 * t.pitch);
    c90.blend(t.floor, c90.lt(t.floor)).intoArray(t.output, to + 9 * t.pitch);
    ca0.blend(t.floor, ca0.lt(t.floor)).intoArray(t.output, to + 10 * t.pitch);
    cb0.blend(t.floor, cb0.lt(t.floor)).intoArray(t.output, to + 11 * t.pitch);
  }
}
