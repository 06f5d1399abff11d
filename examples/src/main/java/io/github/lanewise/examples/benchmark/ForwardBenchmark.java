package io.github.lanewise.examples.benchmark;

import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Runs a plan again and again and tells how long that took. */
public final class ForwardBenchmark {

  /** Milestones of the warm-up, in calls. */
  private static final int TENTH = 10;

  private static final int HUNDREDTH = 100;

  private final InferencePlan plan;

  /** A benchmark of this plan, which has one input. */
  public ForwardBenchmark(InferencePlan plan) {
    this.plan = plan;
  }

  /**
   * What was measured.
   *
   * @param medianMillis of the second half of the calls, as the others
   * @param gflops floating-point operations of the definition a nanosecond
   * @param peakMegabytes the process's peak resident memory so far, or -1
   * @param firstMillis the first call; with the next two, the warm-up
   * @param tenthMillis the tenth call, NaN if there was none
   * @param hundredthMillis the hundredth call, NaN if there was none
   * @param bytesPerCall allocated by the calling thread, or -1
   */
  public record Result(
      int batch,
      int threads,
      int calls,
      double medianMillis,
      double minimumMillis,
      double imagesPerSecond,
      double gflops,
      long peakMegabytes,
      double firstMillis,
      double tenthMillis,
      double hundredthMillis,
      long bytesPerCall) {}

  /** Calls the plan for some seconds, at least three times. */
  public Result run(int batch, int threads, double seconds) {
    InferenceSession session = plan.session(Compute.threads(threads), batch);
    Tensor[] inputs = {input(plan.inputShapes().get(0).withBatch(batch))};
    double[] millis = new double[1024];
    int calls = 0;
    long allocatedBefore = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (calls < 3 || System.nanoTime() < end) {
      if (calls == millis.length) {
        millis = Arrays.copyOf(millis, 2 * calls);
      }
      allocatedBefore = ProcessFacts.allocatedBytes();
      long start = System.nanoTime();
      session.run(inputs);
      millis[calls++] = (System.nanoTime() - start) / 1e6;
    }
    long allocated = ProcessFacts.allocatedBytes() - allocatedBefore;
    double[] warm = Arrays.copyOfRange(millis, calls / 2, calls);
    Arrays.sort(warm);
    double median = warm[warm.length / 2];
    return new Result(
        batch,
        threads,
        calls,
        median,
        warm[0],
        1e3 * batch / median,
        2.0 * plan.multiplyAdds() * batch / median / 1e6,
        ProcessFacts.peakMegabytes(),
        millis[0],
        calls >= TENTH ? millis[TENTH - 1] : Double.NaN,
        calls >= HUNDREDTH ? millis[HUNDREDTH - 1] : Double.NaN,
        allocated);
  }

  /** The same values from 0 to 1 at each call. */
  static Tensor input(Shape shape) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Tensor.of(shape, values);
  }
}
