package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.kernels.scalar.WeightRounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Upper halves of floats, two a word: the first row's is the lower half. */
final class BFloat16Panels extends CompressedPanels {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final VectorSpecies<Integer> I = Lanes.INTS;
  private static final int L = Lanes.COUNT;
  private static final int UPPER_HALF = 0xffff0000;

  BFloat16Panels(Panels panels) {
    super(panels, 2);
    pack(panels);
  }

  @Override
  WeightPrecision precision() {
    return WeightPrecision.BFLOAT16;
  }

  @Override
  int bits(float weight, int column) {
    return WeightRounding.toBFloat16(weight) & 0xffff;
  }

  @Override
  void expandVectors(int at, int count, int column, float[] to, int toAt) {
    expand(words, at, count, to, toAt);
  }

  private static void expand(int[] words, int at, int count, float[] to, int toAt) {
    for (int i = 0; i < count; i++) {
      IntVector word = IntVector.fromArray(I, words, at + i * L);
      low(word).intoArray(to, toAt + 2 * i * L);
      high(word).intoArray(to, toAt + 2 * i * L + L);
    }
  }

  @Override
  void addRow(int k, float[] row, int rowAt, int column, float[] sums) {
    int at = start(column);
    int next = start(column + L);
    int fours = k / 4;
    addFours(fours, row, rowAt, words, at, next, sums);
    for (int i = 4 * fours; i < k; i++) {
      int shift = i % 2 == 0 ? 16 : 0;
      for (int c = 0; c < L; c++) {
        int first = words[at + i / 2 * L + c] << shift;
        int second = words[next + i / 2 * L + c] << shift;
        sums[c] += row[rowAt + i] * Float.intBitsToFloat(first & UPPER_HALF);
        sums[L + c] += row[rowAt + i] * Float.intBitsToFloat(second & UPPER_HALF);
      }
    }
  }

  private static void addFours(
      int fours, float[] row, int rowAt, int[] words, int at, int next, float[] sums) {
    FloatVector s00 = FloatVector.fromArray(S, sums, 0);
    FloatVector s01 = FloatVector.fromArray(S, sums, L);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = s10;
    FloatVector s20 = s10;
    FloatVector s21 = s10;
    FloatVector s30 = s10;
    FloatVector s31 = s10;
    for (int i = 0; i < fours; i++) {
      IntVector w0 = IntVector.fromArray(I, words, at + 2 * i * L);
      IntVector w1 = IntVector.fromArray(I, words, next + 2 * i * L);
      FloatVector x = FloatVector.broadcast(S, row[rowAt + 4 * i]);
      s00 = x.fma(low(w0), s00);
      s01 = x.fma(low(w1), s01);
      x = FloatVector.broadcast(S, row[rowAt + 4 * i + 1]);
      s10 = x.fma(high(w0), s10);
      s11 = x.fma(high(w1), s11);
      w0 = IntVector.fromArray(I, words, at + 2 * i * L + L);
      w1 = IntVector.fromArray(I, words, next + 2 * i * L + L);
      x = FloatVector.broadcast(S, row[rowAt + 4 * i + 2]);
      s20 = x.fma(low(w0), s20);
      s21 = x.fma(low(w1), s21);
      x = FloatVector.broadcast(S, row[rowAt + 4 * i + 3]);
      s30 = x.fma(high(w0), s30);
      s31 = x.fma(high(w1), s31);
    }
    s00.add(s10).add(s20.add(s30)).intoArray(sums, 0);
    s01.add(s11).add(s21.add(s31)).intoArray(sums, L);
  }

  private static FloatVector low(IntVector word) {
    return word.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  private static FloatVector high(IntVector word) {
    return word.and(UPPER_HALF).reinterpretAsFloats();
  }
}
