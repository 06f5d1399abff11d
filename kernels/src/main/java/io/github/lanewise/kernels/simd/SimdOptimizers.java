package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of each optimizer for a stretch of weights, in the arithmetic of the scalar kernels: the
 * rest that fills no vector gets the same bits as if it did, wherever stretches are cut.
 */
final class SimdOptimizers {

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private SimdOptimizers() {}

  static void rmsprop(
      int from,
      int to,
      float[] w,
      float[] g,
      int gOffset,
      float[] v,
      float learningRate,
      float rho,
      float epsilon) {
    float complement = 1 - rho;
    int bound = from + SPECIES.loopBound(to - from);
    int shift = gOffset - from;
    for (int i = from; i < bound; i += SPECIES.length()) {
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, shift + i);
      FloatVector square =
          FloatVector.fromArray(SPECIES, v, i).mul(rho).add(gradient.mul(gradient).mul(complement));
      square.intoArray(v, i);
      FloatVector.fromArray(SPECIES, w, i)
          .sub(gradient.mul(learningRate).div(square.add(epsilon).sqrt()))
          .intoArray(w, i);
    }
    for (int i = bound; i < to; i++) {
      float gradient = g[shift + i];
      float square = rho * v[i] + complement * (gradient * gradient);
      v[i] = square;
      w[i] -= learningRate * gradient / (float) Math.sqrt(square + epsilon);
    }
  }

  static void sgd(
      int from,
      int to,
      float[] w,
      float[] g,
      int gOffset,
      float[] m,
      float learningRate,
      float momentum,
      boolean nesterov) {
    int bound = from + SPECIES.loopBound(to - from);
    int shift = gOffset - from;
    for (int i = from; i < bound; i += SPECIES.length()) {
      FloatVector step = FloatVector.fromArray(SPECIES, g, shift + i).mul(learningRate);
      FloatVector velocity = FloatVector.fromArray(SPECIES, m, i).mul(momentum).sub(step);
      velocity.intoArray(m, i);
      FloatVector change = nesterov ? velocity.mul(momentum).sub(step) : velocity;
      FloatVector.fromArray(SPECIES, w, i).add(change).intoArray(w, i);
    }
    for (int i = bound; i < to; i++) {
      float step = learningRate * g[shift + i];
      float velocity = momentum * m[i] - step;
      m[i] = velocity;
      w[i] += nesterov ? momentum * velocity - step : velocity;
    }
  }

  static void adam(
      int from,
      int to,
      float[] w,
      float[] g,
      int gOffset,
      float[] m,
      float[] v,
      float stepSize,
      float beta1,
      float beta2,
      float epsilon) {
    float complement1 = 1 - beta1;
    float complement2 = 1 - beta2;
    int bound = from + SPECIES.loopBound(to - from);
    int shift = gOffset - from;
    for (int i = from; i < bound; i += SPECIES.length()) {
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, shift + i);
      FloatVector mean = FloatVector.fromArray(SPECIES, m, i);
      mean = mean.add(gradient.sub(mean).mul(complement1));
      FloatVector square = FloatVector.fromArray(SPECIES, v, i);
      square = square.add(gradient.mul(gradient).sub(square).mul(complement2));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      FloatVector.fromArray(SPECIES, w, i)
          .sub(mean.mul(stepSize).div(square.sqrt().add(epsilon)))
          .intoArray(w, i);
    }
    for (int i = bound; i < to; i++) {
      float gradient = g[shift + i];
      float mean = m[i] + complement1 * (gradient - m[i]);
      float square = v[i] + complement2 * (gradient * gradient - v[i]);
      m[i] = mean;
      v[i] = square;
      w[i] -= mean * stepSize / ((float) Math.sqrt(square) + epsilon);
    }
  }
}
