package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.kernels.scalar.WeightRounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bytes, four a word, the first vector's lowest; and a scale a column. A byte holds its integer +
 * 128, b: as the lowest bits of the float 2^23 it makes 2^23 + b, from which subtraction gives the
 * integer, both exactly. Times the scale it is rounded once, as in the scalar kernels.
 */
final class Int8Panels extends CompressedPanels {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final VectorSpecies<Integer> I = Lanes.INTS;
  private static final int L = Lanes.COUNT;
  private static final int F = Lanes.FIRST;
  private static final int BIAS = 128;

  /** The bits of 2^23, whose last place is 1. */
  private static final int EXPONENT = 0x4b00_0000;

  private static final float SUBTRAHEND = (1 << 23) + BIAS;

  /** Vectors after which columns and words start at the same place again, for every width. */
  private static final int PERIOD = 12;

  private static final ThreadLocal<float[]> PATTERN =
      ThreadLocal.withInitial(() -> new float[PERIOD * L]);

  /** One for each column of all panels, padding included. */
  private final float[] scales;

  Int8Panels(Panels panels) {
    super(panels, 4);
    this.scales = scales(panels);
    pack(panels);
  }

  private static float[] scales(Panels panels) {
    float[] largest = new float[panels.paddedColumns()];
    for (int group = 0; group < panels.groups; group++) {
      for (int panel = 0; panel < panels.count(); panel++) {
        int width = panels.vectors(panel) * L;
        int start = panels.start(group, panel);
        int column = panels.column(group, panel);
        for (int i = 0; i < panels.k * width; i++) {
          int at = column + i % width;
          largest[at] = Math.max(largest[at], Math.abs(panels.data[start + i]));
        }
      }
    }
    for (int c = 0; c < largest.length; c++) {
      largest[c] = WeightRounding.scale(largest[c]);
    }
    return largest;
  }

  @Override
  WeightPrecision precision() {
    return WeightPrecision.INT8;
  }

  @Override
  long bytes() {
    return super.bytes() + 4L * scales.length;
  }

  @Override
  int bits(float weight, int column) {
    return WeightRounding.toInt8(weight, scales[column]) + BIAS;
  }

  @Override
  void expandVectors(int at, int count, int column, int vectors, int firstVector, float[] to) {
    float[] pattern = PATTERN.get();
    for (int v = 0; v < PERIOD; v++) {
      System.arraycopy(scales, column + (firstVector + v) % vectors * L, pattern, v * L, L);
    }
    if (vectors == 3) {
      expandEachThird(words, at, (count + 2) / 3, pattern, 0, to, F);
      expandEachThird(words, at + L, (count + 1) / 3, pattern, 4 * L, to, F + 4 * L);
      expandEachThird(words, at + 2 * L, count / 3, pattern, 8 * L, to, F + 8 * L);
    } else {
      expandEach(words, at, count, pattern, to);
    }
  }

  private static void expandEach(int[] words, int at, int count, float[] pattern, float[] to) {
    FloatVector s0 = FloatVector.fromArray(S, pattern, 0);
    FloatVector s1 = FloatVector.fromArray(S, pattern, L);
    FloatVector s2 = FloatVector.fromArray(S, pattern, 2 * L);
    FloatVector s3 = FloatVector.fromArray(S, pattern, 3 * L);
    for (int i = 0; i < count; i++) {
      IntVector word = IntVector.fromArray(I, words, at + i * L);
      first(word).mul(s0).intoArray(to, F + 4 * i * L);
      second(word).mul(s1).intoArray(to, F + 4 * i * L + L);
      third(word).mul(s2).intoArray(to, F + 4 * i * L + 2 * L);
      fourth(word).mul(s3).intoArray(to, F + 4 * i * L + 3 * L);
    }
  }

  /** As above for every third vector of words: only constant steps cost no range checks. */
  private static void expandEachThird(
      int[] words, int at, int count, float[] pattern, int patternAt, float[] to, int toAt) {
    FloatVector s0 = FloatVector.fromArray(S, pattern, patternAt);
    FloatVector s1 = FloatVector.fromArray(S, pattern, patternAt + L);
    FloatVector s2 = FloatVector.fromArray(S, pattern, patternAt + 2 * L);
    FloatVector s3 = FloatVector.fromArray(S, pattern, patternAt + 3 * L);
    for (int i = 0; i < count; i++) {
      IntVector word = IntVector.fromArray(I, words, at + 3 * i * L);
      first(word).mul(s0).intoArray(to, toAt + PERIOD * i * L);
      second(word).mul(s1).intoArray(to, toAt + PERIOD * i * L + L);
      third(word).mul(s2).intoArray(to, toAt + PERIOD * i * L + 2 * L);
      fourth(word).mul(s3).intoArray(to, toAt + PERIOD * i * L + 3 * L);
    }
  }

  @Override
  void addRow(int k, float[] row, int rowAt, int index, int column, float[] sums) {
    int whole = k / 2 * 2;
    int at = start(index);
    float[] integers = PATTERN.get();
    addTwos(k / 2, row, rowAt, words, at, integers);
    for (int c = 0; c < 2 * L; c++) {
      if (whole < k) {
        int b = (words[at + whole / 2 * L + c % L] >>> (8 * (c / L))) & 0xff;
        integers[c] += row[rowAt + whole] * (b - BIAS);
      }
      sums[c] += integers[c] * scales[column + c];
    }
  }

  /** Sums of products with the integers, without their scales. */
  private static void addTwos(int twos, float[] row, int rowAt, int[] words, int at, float[] sums) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    for (int i = 0; i < twos; i++) {
      IntVector word = IntVector.fromArray(I, words, at + i * L);
      FloatVector x = FloatVector.broadcast(S, row[rowAt + 2 * i]);
      s00 = x.fma(first(word), s00);
      s01 = x.fma(second(word), s01);
      x = FloatVector.broadcast(S, row[rowAt + 2 * i + 1]);
      s10 = x.fma(third(word), s10);
      s11 = x.fma(fourth(word), s11);
    }
    s00.add(s10).intoArray(sums, 0);
    s01.add(s11).intoArray(sums, L);
  }

  private static FloatVector first(IntVector word) {
    return number(word);
  }

  private static FloatVector second(IntVector word) {
    return number(word.lanewise(VectorOperators.LSHR, 8));
  }

  private static FloatVector third(IntVector word) {
    return number(word.lanewise(VectorOperators.LSHR, 16));
  }

  private static FloatVector fourth(IntVector word) {
    return number(word.lanewise(VectorOperators.LSHR, 24));
  }

  /** The lowest byte as the number that it stands for. */
  private static FloatVector number(IntVector word) {
    return word.and(0xff).or(EXPONENT).reinterpretAsFloats().sub(SUBTRAHEND);
  }
}
