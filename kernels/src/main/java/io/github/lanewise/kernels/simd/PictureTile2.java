package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PictureTile}s 2 vectors wide. Accumulators are spelled out, each method has one loop, and
 * it calls nothing but the Vector API: else C2 leaves vectors in boxes.
 */
final class PictureTile2 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int STEP = PictureTile.STEP;

  private PictureTile2() {}

  static void run(int pixels, PictureTile t, int from, int weights, int column, int to) {
    switch (pixels) {
      case 4 -> pixels4(t, from, weights, column, to);
      case 8 -> pixels8(t, from, weights, column, to);
      case 12 -> pixels12(t, from, weights, column, to);
      default -> throw new AssertionError(pixels);
    }
  }

  private static void pixels4(PictureTile t, int from, int weights, int column, int to) {
    FloatVector b0 = FloatVector.fromArray(S, t.bias, column);
    FloatVector b1 = FloatVector.fromArray(S, t.bias, column + L);
    FloatVector c00 = b0;
    FloatVector c01 = b1;
    FloatVector c10 = b0;
    FloatVector c11 = b1;
    FloatVector c20 = b0;
    FloatVector c21 = b1;
    FloatVector c30 = b0;
    FloatVector c31 = b1;
    for (int i = 0, p = weights; i < t.taps.length; i++, p += 2 * L) {
      int q = from + t.taps[i];
      FloatVector w0 = FloatVector.fromArray(S, t.filter, p);
      FloatVector w1 = FloatVector.fromArray(S, t.filter, p + L);
      FloatVector x0 = FloatVector.broadcast(S, t.input[q]);
      c00 = x0.fma(w0, c00);
      c01 = x0.fma(w1, c01);
      FloatVector x1 = FloatVector.broadcast(S, t.input[q + STEP]);
      c10 = x1.fma(w0, c10);
      c11 = x1.fma(w1, c11);
      FloatVector x2 = FloatVector.broadcast(S, t.input[q + 2 * STEP]);
      c20 = x2.fma(w0, c20);
      c21 = x2.fma(w1, c21);
      FloatVector x3 = FloatVector.broadcast(S, t.input[q + 3 * STEP]);
      c30 = x3.fma(w0, c30);
      c31 = x3.fma(w1, c31);
    }
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.output, to);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.output, to + L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.output, to + t.pitch);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.output, to + t.pitch + L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.output, to + 2 * t.pitch);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.output, to + 2 * t.pitch + L);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.output, to + 3 * t.pitch);
    c31.blend(t.floor, c31.lt(t.floor)).intoArray(t.output, to + 3 * t.pitch + L);
  }

  private static void pixels8(PictureTile t, int from, int weights, int column, int to) {
    FloatVector b0 = FloatVector.fromArray(S, t.bias, column);
    FloatVector b1 = FloatVector.fromArray(S, t.bias, column + L);
    FloatVector c00 = b0;
    FloatVector c01 = b1;
    FloatVector c10 = b0;
    FloatVector c11 = b1;
    FloatVector c20 = b0;
    FloatVector c21 = b1;
    FloatVector c30 = b0;
    FloatVector c31 = b1;
    FloatVector c40 = b0;
    FloatVector c41 = b1;
    FloatVector c50 = b0;
    FloatVector c51 = b1;
    FloatVector c60 = b0;
    FloatVector c61 = b1;
    FloatVector c70 = b0;
    FloatVector c71 = b1;
    for (int i = 0, p = weights; i < t.taps.length; i++, p += 2 * L) {
      int q = from + t.taps[i];
      FloatVector w0 = FloatVector.fromArray(S, t.filter, p);
      FloatVector w1 = FloatVector.fromArray(S, t.filter, p + L);
      FloatVector x0 = FloatVector.broadcast(S, t.input[q]);
      c00 = x0.fma(w0, c00);
      c01 = x0.fma(w1, c01);
      FloatVector x1 = FloatVector.broadcast(S, t.input[q + STEP]);
      c10 = x1.fma(w0, c10);
      c11 = x1.fma(w1, c11);
      FloatVector x2 = FloatVector.broadcast(S, t.input[q + 2 * STEP]);
      c20 = x2.fma(w0, c20);
      c21 = x2.fma(w1, c21);
      FloatVector x3 = FloatVector.broadcast(S, t.input[q + 3 * STEP]);
      c30 = x3.fma(w0, c30);
      c31 = x3.fma(w1, c31);
      FloatVector x4 = FloatVector.broadcast(S, t.input[q + 4 * STEP]);
      c40 = x4.fma(w0, c40);
      c41 = x4.fma(w1, c41);
      FloatVector x5 = FloatVector.broadcast(S, t.input[q + 5 * STEP]);
      c50 = x5.fma(w0, c50);
      c51 = x5.fma(w1, c51);
      FloatVector x6 = FloatVector.broadcast(S, t.input[q + 6 * STEP]);
      c60 = x6.fma(w0, c60);
      c61 = x6.fma(w1, c61);
      FloatVector x7 = FloatVector.broadcast(S, t.input[q + 7 * STEP]);
      c70 = x7.fma(w0, c70);
      c71 = x7.fma(w1, c71);
    }
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.output, to);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.output, to + L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.output, to + t.pitch);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.output, to + t.pitch + L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.output, to + 2 * t.pitch);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.output, to + 2 * t.pitch + L);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.output, to + 3 * t.pitch);
    c31.blend(t.floor, c31.lt(t.floor)).intoArray(t.output, to + 3 * t.pitch + L);
    c40.blend(t.floor, c40.lt(t.floor)).intoArray(t.output, to + 4 * t.pitch);
    c41.blend(t.floor, c41.lt(t.floor)).intoArray(t.output, to + 4 * t.pitch + L);
    c50.blend(t.floor, c50.lt(t.floor)).intoArray(t.output, to + 5 * t.pitch);
    c51.blend(t.floor, c51.lt(t.floor)).intoArray(t.output, to + 5 * t.pitch + L);
    c60.blend(t.floor, c60.lt(t.floor)).intoArray(t.output, to + 6 * t.pitch);
    c61.blend(t.floor, c61.lt(t.floor)).intoArray(t.output, to + 6 * t.pitch + L);
    c70.blend(t.floor, c70.lt(t.floor)).intoArray(t.output, to + 7 * t.pitch);
    c71.blend(t.floor, c71.lt(t.floor)).intoArray(t.output, to + 7 * t.pitch + L);
  }

  private static void pixels12(PictureTile t, int from, int weights, int column, int to) {
    FloatVector b0 = FloatVector.fromArray(S, t.bias, column);
    FloatVector b1 = FloatVector.fromArray(S, t.bias, column + L);
    FloatVector c00 = b0;
    FloatVector c01 = b1;
    FloatVector c10 = b0;
    FloatVector c11 = b1;
    FloatVector c20 = b0;
    FloatVector c21 = b1;
    FloatVector c30 = b0;
    FloatVector c31 = b1;
    FloatVector c40 = b0;
    FloatVector c41 = b1;
    FloatVector c50 = b0;
    FloatVector c51 = b1;
    FloatVector c60 = b0;
    FloatVector c61 = b1;
    FloatVector c70 = b0;
    FloatVector c71 = b1;
    FloatVector c80 = b0;
    FloatVector c81 = b1;
    FloatVector c90 = b0;
    FloatVector c91 = b1;
    FloatVector ca0 = b0;
    FloatVector ca1 = b1;
    FloatVector cb0 = b0;
    FloatVector cb1 = b1;
    for (int i = 0, p = weights; i < t.taps.length; i++, p += 2 * L) {
      int q = from + t.taps[i];
      FloatVector w0 = FloatVector.fromArray(S, t.filter, p);
      FloatVector w1 = FloatVector.fromArray(S, t.filter, p + L);
      FloatVector x0 = FloatVector.broadcast(S, t.input[q]);
      c00 = x0.fma(w0, c00);
      c01 = x0.fma(w1, c01);
      FloatVector x1 = FloatVector.broadcast(S, t.input[q + STEP]);
      c10 = x1.fma(w0, c10);
      c11 = x1.fma(w1, c11);
      FloatVector x2 = FloatVector.broadcast(S, t.input[q + 2 * STEP]);
      c20 = x2.fma(w0, c20);
      c21 = x2.fma(w1, c21);
      FloatVector x3 = FloatVector.broadcast(S, t.input[q + 3 * STEP]);
      c30 = x3.fma(w0, c30);
      c31 = x3.fma(w1, c31);
      FloatVector x4 = FloatVector.broadcast(S, t.input[q + 4 * STEP]);
      c40 = x4.fma(w0, c40);
      c41 = x4.fma(w1, c41);
      FloatVector x5 = FloatVector.broadcast(S, t.input[q + 5 * STEP]);
      c50 = x5.fma(w0, c50);
      c51 = x5.fma(w1, c51);
      FloatVector x6 = FloatVector.broadcast(S, t.input[q + 6 * STEP]);
      c60 = x6.fma(w0, c60);
      c61 = x6.fma(w1, c61);
      FloatVector x7 = FloatVector.broadcast(S, t.input[q + 7 * STEP]);
      c70 = x7.fma(w0, c70);
      c71 = x7.fma(w1, c71);
      FloatVector x8 = FloatVector.broadcast(S, t.input[q + 8 * STEP]);
      c80 = x8.fma(w0, c80);
      c81 = x8.fma(w1, c81);
      FloatVector x9 = FloatVector.broadcast(S, t.input[q + 9 * STEP]);
      c90 = x9.fma(w0, c90);
      c91 = x9.fma(w1, c91);
      FloatVector xa = FloatVector.broadcast(S, t.input[q + 10 * STEP]);
      ca0 = xa.fma(w0, ca0);
      ca1 = xa.fma(w1, ca1);
      FloatVector xb = FloatVector.broadcast(S, t.input[q + 11 * STEP]);
      cb0 = xb.fma(w0, cb0);
      cb1 = xb.fma(w1, cb1);
    }
    c00.blend(t.floor, c00.lt(t.floor)).intoArray(t.output, to);
    c01.blend(t.floor, c01.lt(t.floor)).intoArray(t.output, to + L);
    c10.blend(t.floor, c10.lt(t.floor)).intoArray(t.output, to + t.pitch);
    c11.blend(t.floor, c11.lt(t.floor)).intoArray(t.output, to + t.pitch + L);
    c20.blend(t.floor, c20.lt(t.floor)).intoArray(t.output, to + 2 * t.pitch);
    c21.blend(t.floor, c21.lt(t.floor)).intoArray(t.output, to + 2 * t.pitch + L);
    c30.blend(t.floor, c30.lt(t.floor)).intoArray(t.output, to + 3 * t.pitch);
    c31.blend(t.floor, c31.lt(t.floor)).intoArray(t.output, to + 3 * t.pitch + L);
    c40.blend(t.floor, c40.lt(t.floor)).intoArray(t.output, to + 4 * t.pitch);
    c41.blend(t.floor, c41.lt(t.floor)).intoArray(t.output, to + 4 * t.pitch + L);
    c50.blend(t.floor, c50.lt(t.floor)).intoArray(t.output, to + 5 * t.pitch);
    c51.blend(t.floor, c51.lt(t.floor)).intoArray(t.output, to + 5 * t.pitch + L);
    c60.blend(t.floor, c60.lt(t.floor)).intoArray(t.output, to + 6 * t.pitch);
    c61.blend(t.floor, c61.lt(t.floor)).intoArray(t.output, to + 6 * t.pitch + L);
    c70.blend(t.floor, c70.lt(t.floor)).intoArray(t.output, to + 7 * t.pitch);
    c71.blend(t.floor, c71.lt(t.floor)).intoArray(t.output, to + 7 * t.pitch + L);
    c80.blend(t.floor, c80.lt(t.floor)).intoArray(t.output, to + 8 * t.pitch);
    c81.blend(t.floor, c81.lt(t.floor)).intoArray(t.output, to + 8 * t.pitch + L);
    c90.blend(t.floor, c90.lt(t.floor)).intoArray(t.output, to + 9 * t.pitch);
    c91.blend(t.floor, c91.lt(t.floor)).intoArray(t.output, to + 9 * t.pitch + L);
    ca0.blend(t.floor, ca0.lt(t.floor)).intoArray(t.output, to + 10 * t.pitch);
    ca1.blend(t.floor, ca1.lt(t.floor)).intoArray(t.output, to + 10 * t.pitch + L);
    cb0.blend(t.floor, cb0.lt(t.floor)).intoArray(t.output, to + 11 * t.pitch);
    cb1.blend(t.floor, cb1.lt(t.floor)).intoArray(t.output, to + 11 * t.pitch + L);
  }
}
