package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of RMSprop for a stretch of weights, in the arithmetic of the scalar kernels: the rest
 * that fills no vector gets the same bits as if it did, wherever stretches are cut.
 */
record SimdRmsprop(float[] w, float[] v, float learningRate, float rho, float epsilon)
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
      FloatVector square = FloatVector.fromArray(S, v, i).mul(rho).add(g.mul(g).mul(1 - rho));
      square.intoArray(v, i);
      FloatVector.fromArray(S, w, i)
          .sub(g.mul(learningRate).div(square.add(epsilon).sqrt()))
          .intoArray(w, i);
    }
    for (int i = bound; i < to; i++) {
      float g = gradient[shift + i];
      float square = rho * v[i] + (1 - rho) * (g * g);
      v[i] = square;
      w[i] -= learningRate * g / (float) Math.sqrt(square + epsilon);
    }
  }

  @Override
  public void applyTile(int from, int stride, float[] gradient) {
    // Spread once: with them spread at each use C2 of JDK 17 now and then stops inlining in the
    // middle.
    FloatVector keep = FloatVector.broadcast(S, rho);
    FloatVector take = FloatVector.broadcast(S, 1 - rho);
    FloatVector rate = FloatVector.broadcast(S, learningRate);
    FloatVector tiny = FloatVector.broadcast(S, epsilon);
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
    v00 = v00.mul(keep).add(g.mul(g).mul(take));
    w00 = w00.sub(g.mul(rate).div(v00.add(tiny).sqrt()));
    g = FloatVector.fromArray(S, gradient, L);
    v01 = v01.mul(keep).add(g.mul(g).mul(take));
    w01 = w01.sub(g.mul(rate).div(v01.add(tiny).sqrt()));
    g = FloatVector.fromArray(S, gradient, COLUMNS);
    v10 = v10.mul(keep).add(g.mul(g).mul(take));
    w10 = w10.sub(g.mul(rate).div(v10.add(tiny).sqrt()));
    g = FloatVector.fromArray(S, gradient, COLUMNS + L);
    v11 = v11.mul(keep).add(g.mul(g).mul(take));
    w11 = w11.sub(g.mul(rate).div(v11.add(tiny).sqrt()));
    g = FloatVector.fromArray(S, gradient, 2 * COLUMNS);
    v20 = v20.mul(keep).add(g.mul(g).mul(take));
    w20 = w20.sub(g.mul(rate).div(v20.add(tiny).sqrt()));
    g = FloatVector.fromArray(S, gradient, 2 * COLUMNS + L);
    v21 = v21.mul(keep).add(g.mul(g).mul(take));
    w21 = w21.sub(g.mul(rate).div(v21.add(tiny).sqrt()));
    g = FloatVector.fromArray(S, gradient, 3 * COLUMNS);
    v30 = v30.mul(keep).add(g.mul(g).mul(take));
    w30 = w30.sub(g.mul(rate).div(v30.add(tiny).sqrt()));
    g = FloatVector.fromArray(S, gradient, 3 * COLUMNS + L);
    v31 = v31.mul(keep).add(g.mul(g).mul(take));
    w31 = w31.sub(g.mul(rate).div(v31.add(tiny).sqrt()));
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
