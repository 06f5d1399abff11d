package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.kernels.scalar.WeightRounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bytes, four a word, the first row's lowest; and a scale a column. A byte holds its integer + 128,
 * b: as the lowest bits of the float 2^23 it makes 2^23 + b, from which subtraction gives the
 * integer, both exactly. Times the scale it is rounded once, as in the scalar kernels.
 */
final class Int8Panels extends CompressedPanels {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final VectorSpecies<Integer> I = Lanes.INTS;
  private static final int L = Lanes.COUNT;
  private static final int BIAS = 128;

  /** The bits of 2^23, whose last place is 1. */
  private static final int EXPONENT = 0x4b00_0000;

  private static final float SUBTRAHEND = (1 << 23) + BIAS;

  /** One for each column of all panels, padding included. */
  private final float[] scales;

  Int8Panels(Panels panels) {
    super(panels, 4);
    this.scales = scales(panels);
    pack(panels);
  }

  private static float[] scales(Panels panels) {
    float[] largest = new float[panels.paddedColumns()];
    panels.forEachVector(
        (row, column, from) -> {
          for (int c = 0; c < L; c++) {
            float magnitude = Math.abs(panels.data[from + c]);
            largest[column + c] = Math.max(largest[column + c], magnitude);
          }
        });
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
  void expandVectors(int at, int count, int column, float[] to, int toAt) {
    expand(words, at, count, scales, column, to, toAt);
  }

  private static void expand(
      int[] words, int at, int count, float[] scales, int column, float[] to, int toAt) {
    FloatVector scale = FloatVector.fromArray(S, scales, column);
    for (int i = 0; i < count; i++) {
      IntVector word = IntVector.fromArray(I, words, at + i * L);
      first(word).mul(scale).intoArray(to, toAt + 4 * i * L);
      second(word).mul(scale).intoArray(to, toAt + 4 * i * L + L);
      third(word).mul(scale).intoArray(to, toAt + 4 * i * L + 2 * L);
      fourth(word).mul(scale).intoArray(to, toAt + 4 * i * L + 3 * L);
    }
  }

  @Override
  void addRow(int k, float[] row, int rowAt, int column, float[] sums) {
    int at = start(column);
    int next = start(column + L);
    int fours = k / 4;
    addFours(fours, row, rowAt, words, at, next, scales, column, sums);
    for (int i = 4 * fours; i < k; i++) {
      for (int c = 0; c < 2 * L; c++) {
        int word = words[(c < L ? at : next) + fours * L + c % L];
        int integer = ((word >>> (8 * (i % 4))) & 0xff) - BIAS;
        sums[c] += row[rowAt + i] * integer * scales[column + c];
      }
    }
  }

  /** Products with the integers are summed, and the sums multiplied by their scales. */
  private static void addFours(
      int fours,
      float[] row,
      int rowAt,
      int[] words,
      int at,
      int next,
      float[] scales,
      int column,
      float[] sums) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    for (int i = 0; i < fours; i++) {
      IntVector w0 = IntVector.fromArray(I, words, at + i * L);
      IntVector w1 = IntVector.fromArray(I, words, next + i * L);
      FloatVector x = FloatVector.broadcast(S, row[rowAt + 4 * i]);
      s00 = x.fma(first(w0), s00);
      s01 = x.fma(first(w1), s01);
      x = FloatVector.broadcast(S, row[rowAt + 4 * i + 1]);
      s10 = x.fma(second(w0), s10);
      s11 = x.fma(second(w1), s11);
      x = FloatVector.broadcast(S, row[rowAt + 4 * i + 2]);
      s00 = x.fma(third(w0), s00);
      s01 = x.fma(third(w1), s01);
      x = FloatVector.broadcast(S, row[rowAt + 4 * i + 3]);
      s10 = x.fma(fourth(w0), s10);
      s11 = x.fma(fourth(w1), s11);
    }
    FloatVector scale = FloatVector.fromArray(S, scales, column);
    FloatVector sum = FloatVector.fromArray(S, sums, 0);
    s00.add(s10).mul(scale).add(sum).intoArray(sums, 0);
    scale = FloatVector.fromArray(S, scales, column + L);
    sum = FloatVector.fromArray(S, sums, L);
    s01.add(s11).mul(scale).add(sum).intoArray(sums, L);
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
