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
    for (int r = 0; r < L; r++) {
      FloatVector.fromArray(S, from, fromAt + r * fromStride).intoArray(square, r * L);
    }
    for (int step = 0; step < STEPS - 1; step++) {
      exchange(step, square, 0, L, square, 0, L);
    }
    exchange(STEPS - 1, square, 0, L, to, toAt, toStride);
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
}
