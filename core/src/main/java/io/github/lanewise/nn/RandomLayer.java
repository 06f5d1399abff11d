package io.github.lanewise.nn;

import io.github.lanewise.op.CounterRandom;
import io.github.lanewise.op.Identity;
import io.github.lanewise.op.Op;
import java.util.List;

/**
 * A layer that changes its input at random in training, and does nothing in inference. Each forward
 * pass of training draws anew, from a stream of its seed.
 */
abstract class RandomLayer extends Layer {

  private long seed;

  RandomLayer() {
    super(null);
  }

  /** The op of one pass, which takes its random numbers from this seed. */
  abstract Op op(long pass);

  /** Starts the random numbers anew. */
  final void assignSeed(long given) {
    seed = given;
    setPasses(0);
  }

  final long seed() {
    return seed;
  }

  static double requireRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("rate: expected at least 0 and below 1, found " + rate);
    }
    return rate;
  }

  static long seed(LayerConfig config) {
    return (long) config.real("seed", 0);
  }

  @Override
  protected final List<OpCall> calls(boolean training) {
    if (!training || !stochastic()) {
      return List.of(new OpCall(new Identity()));
    }
    return List.of(new OpCall(op(CounterRandom.bits(seed, nextPass()))));
  }
}
