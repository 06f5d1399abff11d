package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of stochastic gradient descent for a stretch of weights, in the arithmetic of the scalar
 * kernels: the rest that fills no vector gets the same bits as if it did, wherever stretches are
 * cut.
 */
record SimdSgd(float[] w, float[] m, float learningRate, float momentum, boolean nesterov)
    implements TileUpdate {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;
  private static final int COLUMNS = OuterTile.COLUMNS;

  @Override
  public void apply(int from, int to, float[] gradient, int gradientOffset) {
    int bound = from + S.loopBound(to - from);
    int shift = gradientOffset - from;
    for (int i = from; i < bound; i += L) {
      FloatVector step = FloatVector.fromArray(S, gradient, shift + i).mul(learningRate);
      FloatVector velocity = FloatVector.fromArray(S, m, i).mul(momentum).sub(step);
      velocity.intoArray(m, i);
      FloatVector change = nesterov ? velocity.mul(momentum).sub(step) : velocity;
      FloatVector.fromArray(S, w, i).add(change).intoArray(w, i);
    }
    for (int i = bound; i < to; i++) {
      float step = learningRate * gradient[shift + i];
      float velocity = momentum * m[i] - step;
      m[i] = velocity;
      w[i] += nesterov ? momentum * velocity - step : velocity;
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
    FloatVector w00 = FloatVector.fromArray(S, w, from);
    FloatVector w01 = FloatVector.fromArray(S, w, from + L);
    FloatVector w10 = FloatVector.fromArray(S, w, from + stride);
    FloatVector w11 = FloatVector.fromArray(S, w, from + stride + L);
    FloatVector w20 = FloatVector.fromArray(S, w, from + 2 * stride);
    FloatVector w21 = FloatVector.fromArray(S, w, from + 2 * stride + L);
    FloatVector w30 = FloatVector.fromArray(S, w, from + 3 * stride);
    FloatVector w31 = FloatVector.fromArray(S, w, from + 3 * stride + L);
    if (nesterov) {
      FloatVector step = FloatVector.fromArray(S, gradient, 0).mul(learningRate);
      m00 = m00.mul(momentum).sub(step);
      w00 = w00.add(m00.mul(momentum).sub(step));
      step = FloatVector.fromArray(S, gradient, L).mul(learningRate);
      m01 = m01.mul(momentum).sub(step);
      w01 = w01.add(m01.mul(momentum).sub(step));
      step = FloatVector.fromArray(S, gradient, COLUMNS).mul(learningRate);
      m10 = m10.mul(momentum).sub(step);
      w10 = w10.add(m10.mul(momentum).sub(step));
      step = FloatVector.fromArray(S, gradient, COLUMNS + L).mul(learningRate);
      m11 = m11.mul(momentum).sub(step);
      w11 = w11.add(m11.mul(momentum).sub(step));
      step = FloatVector.fromArray(S, gradient, 2 * COLUMNS).mul(learningRate);
      m20 = m20.mul(momentum).sub(step);
      w20 = w20.add(m20.mul(momentum).sub(step));
      step = FloatVector.fromArray(S, gradient, 2 * COLUMNS + L).mul(learningRate);
      m21 = m21.mul(momentum).sub(step);
      w21 = w21.add(m21.mul(momentum).sub(step));
      step = FloatVector.fromArray(S, gradient, 3 * COLUMNS).mul(learningRate);
      m30 = m30.mul(momentum).sub(step);
      w30 = w30.add(m30.mul(momentum).sub(step));
      step = FloatVector.fromArray(S, gradient, 3 * COLUMNS + L).mul(learningRate);
      m31 = m31.mul(momentum).sub(step);
      w31 = w31.add(m31.mul(momentum).sub(step));
    } else {
      m00 = m00.mul(momentum).sub(FloatVector.fromArray(S, gradient, 0).mul(learningRate));
      w00 = w00.add(m00);
      m01 = m01.mul(momentum).sub(FloatVector.fromArray(S, gradient, L).mul(learningRate));
      w01 = w01.add(m01);
      m10 = m10.mul(momentum).sub(FloatVector.fromArray(S, gradient, COLUMNS).mul(learningRate));
      w10 = w10.add(m10);
      m11 =
          m11.mul(momentum).sub(FloatVector.fromArray(S, gradient, COLUMNS + L).mul(learningRate));
      w11 = w11.add(m11);
      m20 =
          m20.mul(momentum).sub(FloatVector.fromArray(S, gradient, 2 * COLUMNS).mul(learningRate));
      w20 = w20.add(m20);
      m21 =
          m21.mul(momentum)
              .sub(FloatVector.fromArray(S, gradient, 2 * COLUMNS + L).mul(learningRate));
      w21 = w21.add(m21);
      m30 =
          m30.mul(momentum).sub(FloatVector.fromArray(S, gradient, 3 * COLUMNS).mul(learningRate));
      w30 = w30.add(m30);
      m31 =
          m31.mul(momentum)
              .sub(FloatVector.fromArray(S, gradient, 3 * COLUMNS + L).mul(learningRate));
      w31 = w31.add(m31);
    }
    m00.intoArray(m, from);
    m01.intoArray(m, from + L);
    m10.intoArray(m, from + stride);
    m11.intoArray(m, from + stride + L);
    m20.intoArray(m, from + 2 * stride);
    m21.intoArray(m, from + 2 * stride + L);
    m30.intoArray(m, from + 3 * stride);
    m31.intoArray(m, from + 3 * stride + L);
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
