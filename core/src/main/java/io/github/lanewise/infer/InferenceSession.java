package io.github.lanewise.infer;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One caller's memory for running a plan. Warm, a run of the same batch size allocates nothing
 * where all steps are convolutions and poolings. Not safe for use by several threads at once.
 *
 * <p>A batch that shares out well goes through the plan in parts, one a thread, each of which finds
 * its own values in its own cache; the threads share each step of any other batch.
 */
public final class InferenceSession {

  /** What the largest part of a batch may be, of an even one. */
  private static final double EVEN = 1.25;

  private final InferencePlan plan;
  private final Compute compute;
  private final int maxBatch;

  /** Where both arrays begin to be used, see {@link Kernels#firstFloat}. */
  private final int first;

  private final float[] arena;

  /** What the stretches keep to themselves, one after another. */
  private final float[] memory;

  /** The tensors of the call that is running. */
  private final @Nullable Tensor[] given;

  private final Runnable runParts = this::runParts;
  private final ParallelLoop.Task runPart = this::runPart;
  private List<Shape> boundShapes = List.of();
  private List<SessionPart> parts = List.of();
  private List<Tensor> outputs = List.of();

  InferenceSession(InferencePlan plan, Compute compute, int maxBatch) {
    this.plan = plan;
    this.compute = compute.forOneCaller();
    this.maxBatch = maxBatch;
    this.first = compute.kernels().firstFloat();
    this.arena = new float[first + maxBatch * plan.arenaSize()];
    int threads = compute.loop().threads();
    int whole = SessionPart.memorySize(plan, maxBatch, threads);
    int shared = maxBatch;
    while (shared > 0 && !sharesOut(shared)) {
      shared--;
    }
    this.memory = new float[first + Math.max(whole, threads * memoryOfPart(shared))];
    this.given = new Tensor[plan.inputs().size()];
  }

  /** The largest batch this session takes. */
  public int maxBatch() {
    return maxBatch;
  }

  /**
   * Runs the plan.
   *
   * @param tensors one for each input, all of the same batch, which is at most {@link #maxBatch}
   * @return the outputs, in this session's memory: they are valid until the next run
   * @throws ShapeException if the tensors do not fit the plan's inputs
   */
  public List<Tensor> run(Tensor... tensors) {
    if (!bound(tensors)) {
      bind(checkedBatch(tensors));
    }
    for (int i = 0; i < tensors.length; i++) {
      given[i] = written(tensors[i]) ? tensors[i].copy() : tensors[i];
    }
    try {
      compute.loop().region(runParts);
    } finally {
      Arrays.fill(given, null);
    }
    return outputs;
  }

  /** Whether a run writes to the array of this tensor, as to that of an output of the last run. */
  private boolean written(Tensor x) {
    boolean written = x.data() == arena || x.data() == memory;
    for (int i = 0; i < outputs.size(); i++) {
      written |= x.data() == outputs.get(i).data();
    }
    return written;
  }

  private void runParts() {
    if (parts.size() == 1) {
      parts.get(0).run();
    } else {
      compute.loop().forEach(parts.size(), runPart);
    }
  }

  private void runPart(int index) {
    SessionPart part = parts.get(index);
    part.run();
    int batch = boundShapes.get(0).dim(0);
    for (int i = 0; i < outputs.size(); i++) {
      Tensor output = outputs.get(i);
      part.outputs()
          .get(i)
          .copyTo(output.rows(firstSample(index, batch), firstSample(index + 1, batch)));
    }
  }

  /**
   * The only output for any number of samples, in batches.
   *
   * @return a new tensor
   * @throws ShapeException if {@code x} does not fit the plan's input
   * @throws IllegalStateException if the plan has several outputs
   */
  public Tensor predict(Tensor x) {
    if (plan.outputShapes().size() != 1) {
      throw new IllegalStateException(
          "predict: expected one output, found " + plan.outputShapes().size());
    }
    int samples = x.shape().dim(0);
    Tensor result = Tensor.zeros(plan.outputShapes().get(0).withBatch(samples));
    for (int from = 0; from < samples; from += maxBatch) {
      int to = Math.min(samples, from + maxBatch);
      run(x.rows(from, to)).get(0).copyTo(result.rows(from, to));
    }
    return result;
  }

  /** Whether the tensors have the shapes of the run before. */
  private boolean bound(Tensor... tensors) {
    boolean same = tensors.length == boundShapes.size();
    for (int i = 0; i < tensors.length && same; i++) {
      same = tensors[i].dense() && tensors[i].shape().equals(boundShapes.get(i));
    }
    return same && !parts.isEmpty();
  }

  private int checkedBatch(Tensor... tensors) {
    List<Shape> expected = plan.inputShapes();
    if (tensors.length != expected.size()) {
      throw new ShapeException(
          "InferenceSession: expected " + expected.size() + " inputs, found " + tensors.length);
    }
    for (int i = 0; i < tensors.length; i++) {
      Shape found = tensors[i].shape();
      if (!tensors[i].dense()
          || found.rank() != expected.get(i).rank()
          || !found.equals(expected.get(i).withBatch(found.dim(0)))
          || found.dim(0) != tensors[0].shape().dim(0)
          || found.dim(0) < 1
          || found.dim(0) > maxBatch) {
        throw new ShapeException(
            "InferenceSession: expected input "
                + i
                + " of "
                + expected.get(i)
                + " with one batch of 1 to "
                + maxBatch
                + " for all inputs, found "
                + found);
      }
    }
    return tensors[0].shape().dim(0);
  }

  private void bind(int batch) {
    boundShapes = plan.inputShapes().stream().map(s -> s.withBatch(batch)).toList();
    int threads = compute.loop().threads();
    if (!sharesOut(batch)) {
      SessionPart whole =
          new SessionPart(plan, compute, given, 0, batch, arena, first, memory, first);
      parts = List.of(whole);
      outputs = whole.outputs();
      return;
    }
    Compute serial = new Compute(compute.kernels(), ParallelLoop.serial());
    List<SessionPart> bound = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int from = firstSample(i, batch);
      int to = firstSample(i + 1, batch);
      int arenaAt = first + from * plan.arenaSize();
      int memoryAt = first + i * memoryOfPart(batch);
      bound.add(
          new SessionPart(plan, serial, given, from, to - from, arena, arenaAt, memory, memoryAt));
    }
    parts = bound;
    outputs = plan.outputShapes().stream().map(s -> Tensor.zeros(s.withBatch(batch))).toList();
  }

  /** Whether no thread would get more than {@link #EVEN} times its share of the samples. */
  private boolean sharesOut(int batch) {
    int threads = compute.loop().threads();
    int least = batch / threads;
    int most = (batch + threads - 1) / threads;
    return threads > 1 && least >= plan.leastPart() && most * threads <= EVEN * batch;
  }

  /** The first sample of a thread's part. */
  private int firstSample(int part, int batch) {
    return (int) ((long) batch * part / compute.loop().threads());
  }

  /** Floats of {@link #memory} for each of the parts of a batch. */
  private int memoryOfPart(int batch) {
    int threads = compute.loop().threads();
    return SessionPart.memorySize(plan, (batch + threads - 1) / threads, 1);
  }
}
