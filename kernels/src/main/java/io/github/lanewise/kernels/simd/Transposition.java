package io.github.lanewise.kernels.simd;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes matrices by squares of vectors: for s = 1, 2, 4, ... every row whose number has no bit
 * s exchanges with the row s below it the elements whose numbers have bit s, and those that have
 * not.
 */
final class Transposition {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private static final long[] ODD_BITS = {
    0xaaaaaaaaaaaaaaaaL, 0xccccccccccccccccL, 0xf0f0f0f0f0f0f0f0L, 0xff00ff00ff00ff00L
  };

  /** Steps, log2 of the lanes. */
  private static final int STEPS = Integer.numberOfTrailingZeros(L);

  /** Moves elements up, and down, by 1, 2, 4, ... */
  private static final List<VectorShuffle<Float>> UP =
      perStep(i -> VectorShuffle.iota(S, L - (1 << i), 1, true));

  private static final List<VectorShuffle<Float>> DOWN =
      perStep(i -> VectorShuffle.iota(S, 1 << i, 1, true));

  /** The elements whose numbers have bit 1, 2, 4, ... */
  private static final List<VectorMask<Float>> ODD =
      perStep(i -> VectorMask.fromLong(S, ODD_BITS[i] & (1L << L) - 1));

  private Transposition() {}

  /** Floats that {@link #transpose} works in. */
  static int scratchSize() {
    return L * L;
  }

  private static <T> List<T> perStep(IntFunction<T> value) {
    return IntStream.range(0, STEPS).mapToObj(value).toList();
  }

  /** Writes {@code to[c, r] = from[r, c]}, rows of either some stride apart. */
  static void transpose(
      int rows,
      int columns,
      float[] from,
      int fromAt,
      int fromStride,
      float[] to,
      int toAt,
      int toStride,
      float[] scratch) {
    int wholeRows = rows / L * L;
    int wholeColumns = columns / L * L;
    for (int r = 0; r < wholeRows; r += L) {
      for (int c = 0; c < wholeColumns; c += L) {
        square(
            from,
            fromAt + r * fromStride + c,
            fromStride,
            to,
            toAt + c * toStride + r,
            toStride,
            scratch);
      }
    }
    for (int r = 0; r < rows; r++) {
      for (int c = r < wholeRows ? wholeColumns : 0; c < columns; c++) {
        to[toAt + c * toStride + r] = from[fromAt + r * fromStride + c];
      }
    }
  }

  private static void square(
      float[] from,
      int fromAt,
      int fromStride,
      float[] to,
      int toAt,
      int toStride,
      float[] square) {
    float[] source = from;
    int at = fromAt;
    int stride = fromStride;
    for (int step = 0; step < STEPS; ) {
      int together = (STEPS - step) % 2 == 0 ? 2 : 1;
      boolean last = step + together == STEPS;
      float[] target = last ? to : square;
      int targetAt = last ? toAt : 0;
      int targetStride = last ? toStride : L;
      if (together == 2) {
        exchangeTwice(step, source, at, stride, target, targetAt, targetStride);
      } else {
        exchange(step, source, at, stride, target, targetAt, targetStride);
      }
      source = square;
      at = 0;
      stride = L;
      step += together;
    }
  }

  /** One step; in place, or to somewhere else. */
  private static void exchange(
      int step, float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride) {
    VectorShuffle<Float> up = UP.get(step);
    VectorShuffle<Float> down = DOWN.get(step);
    VectorMask<Float> odd = ODD.get(step);
    int s = 1 << step;
    for (int r = 0; r < L; r = (r + s + 1) & ~s) {
      FloatVector a = FloatVector.fromArray(S, from, fromAt + r * fromStride);
      FloatVector b = FloatVector.fromArray(S, from, fromAt + (r + s) * fromStride);
      a.blend(b.rearrange(up), odd).intoArray(to, toAt + r * toStride);
      a.rearrange(down).blend(b, odd).intoArray(to, toAt + (r + s) * toStride);
    }
  }

  /** A step and the next one, on four rows at a time; in place, or to somewhere else. */
  private static void exchangeTwice(
      int step, float[] from, int fromAt, int fromStride, float[] to, int toAt, int toStride) {
    VectorShuffle<Float> up = UP.get(step);
    VectorShuffle<Float> down = DOWN.get(step);
    VectorMask<Float> odd = ODD.get(step);
    VectorShuffle<Float> up2 = UP.get(step + 1);
    VectorShuffle<Float> down2 = DOWN.get(step + 1);
    VectorMask<Float> odd2 = ODD.get(step + 1);
    int s = 1 << step;
    for (int r = 0; r < L; r = (r + 3 * s + 1) & ~(3 * s)) {
      FloatVector a = FloatVector.fromArray(S, from, fromAt + r * fromStride);
      FloatVector b = FloatVector.fromArray(S, from, fromAt + (r + s) * fromStride);
      FloatVector c = FloatVector.fromArray(S, from, fromAt + (r + 2 * s) * fromStride);
      FloatVector d = FloatVector.fromArray(S, from, fromAt + (r + 3 * s) * fromStride);
      FloatVector e = a.blend(b.rearrange(up), odd);
      FloatVector f = a.rearrange(down).blend(b, odd);
      FloatVector g = c.blend(d.rearrange(up), odd);
      FloatVector h = c.rearrange(down).blend(d, odd);
      e.blend(g.rearrange(up2), odd2).intoArray(to, toAt + r * toStride);
      f.blend(h.rearrange(up2), odd2).intoArray(to, toAt + (r + s) * toStride);
      e.rearrange(down2).blend(g, odd2).intoArray(to, toAt + (r + 2 * s) * toStride);
      f.rearrange(down2).blend(h, odd2).intoArray(to, toAt + (r + 3 * s) * toStride);
    }
  }
}
