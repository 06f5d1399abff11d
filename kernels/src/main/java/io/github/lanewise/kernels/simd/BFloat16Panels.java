package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.kernels.scalar.WeightRounding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Upper halves of floats, two a word: the first vector's is the lower half. */
final class BFloat16Panels extends CompressedPanels {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final VectorSpecies<Integer> I = Lanes.INTS;
  private static final int L = Lanes.COUNT;
  private static final int F = Lanes.FIRST;
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
  void expandVectors(int at, int count, int column, int vectors, int firstVector, float[] to) {
    expand(words, at, count, to);
  }

  private static void expand(int[] words, int at, int count, float[] to) {
    for (int i = 0; i < count; i++) {
      IntVector word = IntVector.fromArray(I, words, at + i * L);
      low(word).intoArray(to, F + 2 * i * L);
      high(word).intoArray(to, F + 2 * i * L + L);
    }
  }

  @Override
  void addRow(int k, float[] row, int rowAt, int index, int column, float[] sums) {
    int whole = k / 4 * 4;
    int at = start(index);
    addFours(whole, row, rowAt, words, at, sums);
    for (int i = whole; i < k; i++) {
      for (int c = 0; c < L; c++) {
        int word = words[at + i * L + c];
        sums[c] += row[rowAt + i] * Float.intBitsToFloat(word << 16);
        sums[L + c] += row[rowAt + i] * Float.intBitsToFloat(word & UPPER_HALF);
      }
    }
  }

  private static void addFours(int k, float[] row, int rowAt, int[] words, int at, float[] sums) {
    FloatVector s00 = FloatVector.fromArray(S, sums, 0);
    FloatVector s01 = FloatVector.fromArray(S, sums, L);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = s10;
    FloatVector s20 = s10;
    FloatVector s21 = s10;
    FloatVector s30 = s10;
    FloatVector s31 = s10;
    for (int i = 0; i < k; i += 4) {
      FloatVector x = FloatVector.broadcast(S, row[rowAt + i]);
      IntVector word = IntVector.fromArray(I, words, at + i * L);
      s00 = x.fma(low(word), s00);
      s01 = x.fma(high(word), s01);
      x = FloatVector.broadcast(S, row[rowAt + i + 1]);
      word = IntVector.fromArray(I, words, at + i * L + L);
      s10 = x.fma(low(word), s10);
      s11 = x.fma(high(word), s11);
      x = FloatVector.broadcast(S, row[rowAt + i + 2]);
      word = IntVector.fromArray(I, words, at + i * L + 2 * L);
      s20 = x.fma(low(word), s20);
      s21 = x.fma(high(word), s21);
      x = FloatVector.broadcast(S, row[rowAt + i + 3]);
      word = IntVector.fromArray(I, words, at + i * L + 3 * L);
      s30 = x.fma(low(word), s30);
      s31 = x.fma(high(word), s31);
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
