package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of Adam for a stretch of weights, in the arithmetic of the scalar kernels: the rest that
 * fills no vector gets the same bits as if it did, wherever stretches are cut.
 */
record SimdAdam(
    float[] w, float[] m, float[] v, float stepSize, float beta1, float beta2, float epsilon)
    implements TileUpdate {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int COLUMNS = OuterTile.COLUMNS;

  @Override
  public void apply(int from, int to, float[] gradient, int gradientOffset) {
    int bound = from + S.loopBound(to - from);
    int shift = gradientOffset - from;
    for (int i = from; i < bound; i += L) {
      FloatVector g = FloatVector.fromArray(S, gradient, shift + i);
      FloatVector mean = FloatVector.fromArray(S, m, i);
      mean = mean.add(g.sub(mean).mul(1 - beta1));
      FloatVector square = FloatVector.fromArray(S, v, i);
      square = square.add(g.mul(g).sub(square).mul(1 - beta2));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      FloatVector.fromArray(S, w, i)
          .sub(mean.mul(stepSize).div(square.sqrt().add(epsilon)))
          .intoArray(w, i);
    }
    for (int i = bound; i < to; i++) {
      float g = gradient[shift + i];
      float mean = m[i] + (1 - beta1) * (g - m[i]);
      float square = v[i] + (1 - beta2) * (g * g - v[i]);
      m[i] = mean;
      v[i] = square;
      w[i] -= mean * stepSize / ((float) Math.sqrt(square) + epsilon);
    }
  }

  @Override
  public void applyTile(int from, int stride, float[] gradient) {
    FloatVector m00 = FloatVector.fromArray(S, m, from);
    FloatVector m01 = FloatVector.fromArray(S, m, from + L);
    FloatVector m10 = FloatVector.fromArray(S, m, from + stride);
    FloatVector m11 = FloatVector.fromArray(S, m, from + stride + L);
    FloatVector m20 = FloatVector.fromArray(S, m, from + 2 * stride);
    FloatVector m21 = FloatVector.fromArray(S, m, from + 2 * stride + L);
    FloatVector m30 = FloatVector.fromArray(S, m, from + 3 * stride);
    FloatVector m31 = FloatVector.fromArray(S, m, from + 3 * stride + L);
    FloatVector v00 = FloatVector.fromArray(S, v, from);
    FloatVector v01 = FloatVector.fromArray(S, v, from + L);
    FloatVector v10 = FloatVector.fromArray(S, v, from + stride);
    FloatVector v11 = FloatVector.fromArray(S, v, from + stride + L);
    FloatVector v20 = FloatVector.fromArray(S, v, from + 2 * stride);
    FloatVector v21 = FloatVector.fromArray(S, v, from + 2 * stride + L);
    FloatVector v30 = FloatVector.fromArray(S, v, from + 3 * stride);
    FloatVector v31 = FloatVector.fromArray(S, v, from + 3 * stride + L);
    FloatVector w00 = FloatVector.fromArray(S, w, from);
    FloatVector w01 = FloatVector.fromArray(S, w, from + L);
    FloatVector w10 = FloatVector.fromArray(S, w, from + stride);
    FloatVector w11 = FloatVector.fromArray(S, w, from + stride + L);
    FloatVector w20 = FloatVector.fromArray(S, w, from + 2 * stride);
    FloatVector w21 = FloatVector.fromArray(S, w, from + 2 * stride + L);
    FloatVector w30 = FloatVector.fromArray(S, w, from + 3 * stride);
    FloatVector w31 = FloatVector.fromArray(S, w, from + 3 * stride + L);
    FloatVector g = FloatVector.fromArray(S, gradient, 0);
    m00 = m00.add(g.sub(m00).mul(1 - beta1));
    v00 = v00.add(g.mul(g).sub(v00).mul(1 - beta2));
    w00 = w00.sub(m00.mul(stepSize).div(v00.sqrt().add(epsilon)));
    g = FloatVector.fromArray(S, gradient, L);
    m01 = m01.add(g.sub(m01).mul(1 - beta1));
    v01 = v01.add(g.mul(g).sub(v01).mul(1 - beta2));
    w01 = w01.sub(m01.mul(stepSize).div(v01.sqrt().add(epsilon)));
    g = FloatVector.fromArray(S, gradient, COLUMNS);
    m10 = m10.add(g.sub(m10).mul(1 - beta1));
    v10 = v10.add(g.mul(g).sub(v10).mul(1 - beta2));
    w10 = w10.sub(m10.mul(stepSize).div(v10.sqrt().add(epsilon)));
    g = FloatVector.fromArray(S, gradient, COLUMNS + L);
    m11 = m11.add(g.sub(m11).mul(1 - beta1));
    v11 = v11.add(g.mul(g).sub(v11).mul(1 - beta2));
    w11 = w11.sub(m11.mul(stepSize).div(v11.sqrt().add(epsilon)));
    g = FloatVector.fromArray(S, gradient, 2 * COLUMNS);
    m20 = m20.add(g.sub(m20).mul(1 - beta1));
    v20 = v20.add(g.mul(g).sub(v20).mul(1 - beta2));
    w20 = w20.sub(m20.mul(stepSize).div(v20.sqrt().add(epsilon)));
    g = FloatVector.fromArray(S, gradient, 2 * COLUMNS + L);
    m21 = m21.add(g.sub(m21).mul(1 - beta1));
    v21 = v21.add(g.mul(g).sub(v21).mul(1 - beta2));
    w21 = w21.sub(m21.mul(stepSize).div(v21.sqrt().add(epsilon)));
    g = FloatVector.fromArray(S, gradient, 3 * COLUMNS);
    m30 = m30.add(g.sub(m30).mul(1 - beta1));
    v30 = v30.add(g.mul(g).sub(v30).mul(1 - beta2));
    w30 = w30.sub(m30.mul(stepSize).div(v30.sqrt().add(epsilon)));
    g = FloatVector.fromArray(S, gradient, 3 * COLUMNS + L);
    m31 = m31.add(g.sub(m31).mul(1 - beta1));
    v31 = v31.add(g.mul(g).sub(v31).mul(1 - beta2));
    w31 = w31.sub(m31.mul(stepSize).div(v31.sqrt().add(epsilon)));
    m00.intoArray(m, from);
    m01.intoArray(m, from + L);
    m10.intoArray(m, from + stride);
    m11.intoArray(m, from + stride + L);
    m20.intoArray(m, from + 2 * stride);
    m21.intoArray(m, from + 2 * stride + L);
    m30.intoArray(m, from + 3 * stride);
    m31.intoArray(m, from + 3 * stride + L);
    v00.intoArray(v, from);
    v01.intoArray(v, from + L);
    v10.intoArray(v, from + stride);
    v11.intoArray(v, from + stride + L);
    v20.intoArray(v, from + 2 * stride);
    v21.intoArray(v, from + 2 * stride + L);
    v30.intoArray(v, from + 3 * stride);
    v31.intoArray(v, from + 3 * stride + L);
    w00.intoArray(w, from);
    w01.intoArray(w, from + L);
    w10.intoArray(w, from + stride);
    w11.intoArray(w, from + stride + L);
    w20.intoArray(w, from + 2 * stride);
    w21.intoArray(w, from + 2 * stride + L);
    w30.intoArray(w, from + 3 * stride);
    w31.intoArray(w, from + 3 * stride + L);
  }
}
