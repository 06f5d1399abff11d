package io.github.lanewise.examples.benchmark;

import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;

/**
 * How soon the first prediction is there.
 *
 * @param planSeconds from the start of the JVM to a plan that is ready to run
 * @param predictionSeconds from the start of the JVM to the end of the first prediction
 */
public record Startup(double planSeconds, double predictionSeconds) {

  /** Predicts one sample with a plan that has just been compiled. */
  public static Startup of(InferencePlan plan, int threads) {
    long compiled = System.currentTimeMillis();
    Tensor input = Tensor.zeros(plan.inputShapes().get(0).withBatch(1));
    plan.session(Compute.threads(threads), 1).run(input);
    long predicted = System.currentTimeMillis();
    return new Startup(
        ProcessFacts.secondsFromStart(compiled), ProcessFacts.secondsFromStart(predicted));
  }
}
