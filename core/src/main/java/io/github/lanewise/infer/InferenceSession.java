package io.github.lanewise.infer;

import io.github.lanewise.infer.InferencePlan.Place;
import io.github.lanewise.infer.InferencePlan.PlacedStep;
import io.github.lanewise.infer.InferencePlan.PlacedStretch;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.profile.LayerEvent;
import io.github.lanewise.profile.Profile;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One caller's memory for running a plan. Warm, a run of the same batch size allocates nothing
 * where all steps are convolutions and poolings. Not safe for use by several threads at once.
 */
public final class InferenceSession {

  private final InferencePlan plan;
  private final Compute compute;
  private final int maxBatch;
  private final float[] arena;

  /** What the stretches keep to themselves, one after another. */
  private final float[] memory;

  private final List<Tensor> inputs = new ArrayList<>();
  private final Runnable runSteps = this::runSteps;
  private List<Shape> boundShapes = List.of();

  /** What {@link #steps} were bound from. */
  private List<BoundStep> operands = List.of();

  private Runnable[] steps = {};
  private List<Tensor> outputs = List.of();

  InferenceSession(InferencePlan plan, Compute compute, int maxBatch) {
    this.plan = plan;
    this.compute = new Compute(compute.kernels(), compute.loop().forOneCaller());
    this.maxBatch = maxBatch;
    this.arena = new float[maxBatch * plan.arenaSize()];
    int size = 0;
    for (PlacedStretch stretch : plan.stretches()) {
      size = Math.max(size, stretch.memory() * stretch.part(maxBatch, compute.loop().threads()));
    }
    this.memory = new float[size];
    for (Shape shape : plan.inputShapes()) {
      inputs.add(Tensor.zeros(shape.withBatch(maxBatch)));
    }
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
      Tensor given = tensors[i];
      System.arraycopy(given.data(), given.offset(), inputs.get(i).data(), 0, given.size());
    }
    compute.loop().region(runSteps);
    return outputs;
  }

  private void runSteps() {
    for (int i = 0; i < steps.length; i++) {
      LayerEvent event = Profile.layer();
      steps[i].run();
      if (event != null) {
        event.stop();
        BoundStep bound = operands.get(i);
        event.record(
            bound.layer,
            bound.step.name(),
            LayerEvent.Pass.INFERENCE,
            bound.output.shape(),
            bound.step.algorithm());
      }
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
      Tensor output = run(x.rows(from, to)).get(0);
      Tensor target = result.rows(from, to);
      System.arraycopy(output.toArray(), 0, target.data(), target.offset(), target.size());
    }
    return result;
  }

  /** Whether the tensors have the shapes of the run before. */
  private boolean bound(Tensor... tensors) {
    boolean same = tensors.length == boundShapes.size();
    for (int i = 0; i < tensors.length && same; i++) {
      same = tensors[i].dense() && tensors[i].shape().equals(boundShapes.get(i));
    }
    return same && steps.length > 0;
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
    List<BoundStep> bound = new ArrayList<>();
    int needed = 0;
    for (PlacedStretch stretch : plan.stretches()) {
      int part = stretch.part(batch, compute.loop().threads());
      for (int from = 0; from < batch; from += part) {
        Samples samples = new Samples(batch, from, Math.min(part, batch - from), part);
        for (PlacedStep placed : stretch.steps()) {
          List<Tensor> inputs = placed.inputs().stream().map(p -> tensor(p, samples)).toList();
          Tensor output = tensor(placed.output(), samples);
          needed = Math.max(needed, placed.step().workspace(compute, inputs, output));
          bound.add(new BoundStep(placed.layer(), placed.step(), inputs, output));
        }
      }
    }
    float[] workspace = new float[needed];
    steps =
        bound.stream()
            .map(s -> s.step.bind(compute, s.inputs, s.output, workspace))
            .toArray(Runnable[]::new);
    operands = bound;
    Samples all = new Samples(batch, 0, batch, batch);
    outputs = plan.outputs().stream().map(p -> tensor(p, all)).toList();
    boundShapes = plan.inputShapes().stream().map(s -> s.withBatch(batch)).toList();
  }

  private record BoundStep(String layer, Step step, List<Tensor> inputs, Tensor output) {}

  /**
   * Some samples of the batch.
   *
   * @param part for how many samples values have room in {@link #memory}
   */
  private record Samples(int batch, int from, int count, int part) {}

  private Tensor tensor(Place place, Samples samples) {
    Shape shape = place.shape().withBatch(samples.count);
    Shape whole = shape.withLast(place.rowStride());
    float[] data = arena;
    int offset = place.offset() * samples.batch + samples.from * whole.sizeOfRow();
    if (place.input() >= 0) {
      data = inputs.get(place.input()).data();
      offset = samples.from * whole.sizeOfRow();
    } else if (place.local()) {
      data = memory;
      offset = place.offset() * samples.part;
    }
    int channels = shape.dim(-1);
    if (place.rowStride() == channels) {
      return Tensor.view(shape, data, offset);
    }
    return Tensor.view(whole, data, offset)
        .channels(place.firstChannel(), place.firstChannel() + channels);
  }
}
