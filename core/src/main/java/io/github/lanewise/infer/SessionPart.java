package io.github.lanewise.infer;

import io.github.lanewise.infer.InferencePlan.Place;
import io.github.lanewise.infer.InferencePlan.PlacedInput;
import io.github.lanewise.infer.InferencePlan.PlacedStep;
import io.github.lanewise.infer.InferencePlan.PlacedStretch;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.profile.LayerEvent;
import io.github.lanewise.profile.Profile;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some samples of a session's batch: a plan's steps bound to their memory. */
final class SessionPart {

  /** What the steps were bound from. */
  private final List<BoundStep> operands = new ArrayList<>();

  private final Runnable[] steps;
  private final List<Tensor> outputs;

  /**
   * Binds a plan.
   *
   * @param batch samples of this part
   * @param given holds the tensors of each call, of which this part takes {@code batch} samples
   *     from {@code first} on
   * @param arena the session's, of which this part has {@link InferencePlan#arenaSize} a sample
   *     from {@code arenaAt} on
   * @param memory the session's for what stretches keep to themselves, of which this part has
   *     {@link #memorySize} from {@code memoryAt} on
   */
  SessionPart(
      InferencePlan plan,
      Compute compute,
      @Nullable Tensor[] given,
      int first,
      int batch,
      float[] arena,
      int arenaAt,
      float[] memory,
      int memoryAt) {
    Memory all = new Memory(arena, arenaAt, memory, memoryAt);
    int needed = 0;
    for (PlacedStretch stretch : plan.stretches()) {
      int together = stretch.part(batch, compute.loop().threads());
      for (int from = 0; from < batch; from += together) {
        int count = Math.min(together, batch - from);
        Samples samples = new Samples(batch, from, count, together);
        if (stretch == plan.stretches().get(0)) {
          for (int i = 0; i < given.length; i++) {
            PlacedInput input = plan.inputs().get(i);
            Step step = new InputStep(given, i, first + from);
            Tensor place = all.tensor(input.place(), samples);
            operands.add(new BoundStep(input.layer(), step, List.of(), place));
          }
        }
        for (PlacedStep placed : stretch.steps()) {
          List<Tensor> operands =
              placed.inputs().stream().map(p -> all.tensor(p, samples)).toList();
          Tensor output = all.tensor(placed.output(), samples);
          needed = Math.max(needed, placed.step().workspace(compute, operands, output));
          this.operands.add(new BoundStep(placed.layer(), placed.step(), operands, output));
        }
      }
    }
    float[] workspace = new float[needed];
    this.steps =
        operands.stream()
            .map(s -> s.step.bind(compute, s.inputs, s.output, workspace))
            .toArray(Runnable[]::new);
    Samples whole = new Samples(batch, 0, batch, batch);
    this.outputs = plan.outputs().stream().map(p -> all.tensor(p, whole)).toList();
  }

  /** Floats that the stretches keep to themselves, one after another. */
  static int memorySize(InferencePlan plan, int batch, int threads) {
    int size = 0;
    for (PlacedStretch stretch : plan.stretches()) {
      size = Math.max(size, stretch.memory() * stretch.part(batch, threads));
    }
    return size;
  }

  void run() {
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

  /** The outputs, in the session's memory: valid until the next run. */
  List<Tensor> outputs() {
    return outputs;
  }

  private record BoundStep(String layer, Step step, List<Tensor> inputs, Tensor output) {}

  /**
   * Some samples of the part.
   *
   * @param together for how many samples values have room in the stretch's memory
   */
  private record Samples(int batch, int from, int count, int together) {}

  private record Memory(float[] arena, int arenaAt, float[] local, int localAt) {

    Tensor tensor(Place place, Samples samples) {
      Shape shape = place.shape().withBatch(samples.count);
      Shape whole = shape.withLast(place.rowStride());
      float[] data = arena;
      int offset = arenaAt + place.offset() * samples.batch + samples.from * whole.sizeOfRow();
      if (place.local()) {
        data = local;
        offset = localAt + place.offset() * samples.together;
      }
      int channels = shape.dim(-1);
      if (place.rowStride() == channels) {
        return Tensor.view(shape, data, offset);
      }
      return Tensor.view(whole, data, offset)
          .channels(place.firstChannel(), place.firstChannel() + channels);
    }
  }
}
