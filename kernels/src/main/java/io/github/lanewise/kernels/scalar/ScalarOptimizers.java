package io.github.lanewise.kernels.scalar;

/** One step of each optimizer for a stretch of weights. */
final class ScalarOptimizers {

  private ScalarOptimizers() {}

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
    for (int i = from, j = gOffset; i < to; i++, j++) {
      float square = rho * v[i] + complement * (g[j] * g[j]);
      v[i] = square;
      w[i] -= learningRate * g[j] / (float) Math.sqrt(square + epsilon);
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
    for (int i = from, j = gOffset; i < to; i++, j++) {
      float step = learningRate * g[j];
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
    for (int i = from, j = gOffset; i < to; i++, j++) {
      float mean = m[i] + complement1 * (g[j] - m[i]);
      float square = v[i] + complement2 * (g[j] * g[j] - v[i]);
      m[i] = mean;
      v[i] = square;
      w[i] -= mean * stepSize / ((float) Math.sqrt(square) + epsilon);
    }
  }
}
