package io.github.lanewise.infer;

import io.github.lanewise.infer.SplitBatch.Stretch;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.model.WeightReader;
import io.github.lanewise.model.WeightSource;
import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model compiled for inference: batch normalization folded into the convolutions before it, bias
 * and relu fused into them, branches written straight into their concatenations, weights packed,
 * all values laid out in one arena. It holds copies of the weights that it folded or packed, so
 * compile again when the model's weights have changed.
 *
 * <p>Immutable: any number of threads may share one plan, each with a {@link #session} of its own.
 */
public final class InferencePlan {

  /**
   * Where a value lies.
   *
   * @param local whether it lies in the memory of its stretch rather than in the arena
   * @param offset floats a sample
   * @param firstChannel added to the offset, whatever the batch
   * @param rowStride floats from pixel to pixel
   */
  record Place(boolean local, int offset, int firstChannel, int rowStride, Shape shape) {}

  /** A value that the caller gives, and its place. */
  record PlacedInput(String layer, Place place) {}

  /** A step with the places of its operands. */
  record PlacedStep(String layer, Step step, List<Place> inputs, Place output) {}

  /**
   * Steps that a part of the batch goes through together.
   *
   * @param samples of that part, for each thread
   * @param memory floats a sample of it
   */
  record PlacedStretch(int samples, int memory, List<PlacedStep> steps) {

    /** The samples that go through together. */
    int part(int batch, int threads) {
      return (int) Math.min(batch, (long) samples * threads);
    }
  }

  private final Kernels kernels;
  private final WeightPrecision precision;
  private final List<PlacedInput> inputs;
  private final List<PlacedStretch> stretches;
  private final List<Place> outputs;
  private final int arenaSize;

  private InferencePlan(
      PlanGraph graph, Kernels kernels, Conv2dAlgorithm algorithm, WeightPrecision precision) {
    this.kernels = kernels;
    this.precision = precision;
    List<Stretch> parts = SplitBatch.run(graph);
    ArenaLayout layout = ArenaLayout.of(graph, parts);
    this.arenaSize = layout.size();
    this.inputs =
        graph.inputs.stream().map(n -> new PlacedInput(n.layer, place(n, layout))).toList();
    List<@Nullable Step> steps = PackWeights.run(graph, kernels, algorithm, precision);
    List<PlacedStretch> placed = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      List<PlacedStep> placedSteps = new ArrayList<>();
      for (int n = parts.get(i).from(); n < parts.get(i).to(); n++) {
        PlanNode node = graph.nodes.get(n);
        Step step = steps.get(n);
        if (step != null) {
          List<Place> inputs = node.inputs.stream().map(x -> place(x, layout)).toList();
          placedSteps.add(new PlacedStep(node.layer, step, inputs, place(node, layout)));
        }
      }
      int memory = layout.localSizes().get(i);
      placed.add(new PlacedStretch(parts.get(i).samples(), memory, List.copyOf(placedSteps)));
    }
    this.stretches = List.copyOf(placed);
    this.outputs = graph.outputs.stream().map(y -> place(y, layout)).toList();
  }

  /** Compiles a model for the best kernels and the fastest algorithms of this JVM. */
  public static InferencePlan compile(Model model) {
    return compile(model, Conv2dAlgorithm.WINOGRAD);
  }

  /**
   * Compiles a model for the best kernels of this JVM.
   *
   * @param algorithm {@link Conv2dAlgorithm#DIRECT} for the smallest errors, {@link
   *     Conv2dAlgorithm#WINOGRAD} for speed
   */
  public static InferencePlan compile(Model model, Conv2dAlgorithm algorithm) {
    return compile(model, algorithm, WeightPrecision.FLOAT32);
  }

  /**
   * Compiles a model for the best kernels of this JVM, with weights of less precision.
   *
   * @param algorithm as above
   * @param precision of the weights of convolutions and of {@code Dense}; depthwise filters, narrow
   *     {@code Dense} layers, biases and all else stay floats. Errors are those of {@link
   *     WeightPrecision}, a few times larger where Winograd's algorithm is used, as its transformed
   *     filters are what is rounded
   */
  public static InferencePlan compile(
      Model model, Conv2dAlgorithm algorithm, WeightPrecision precision) {
    return compile(LowerModel.run(model, Weight::of), algorithm, precision);
  }

  /**
   * Compiles a model for the best kernels and the fastest algorithms of this JVM, with weights from
   * a source.
   *
   * @throws WeightException as below
   */
  public static InferencePlan compile(Model model, WeightSource weights) {
    return compile(model, weights, Conv2dAlgorithm.WINOGRAD, WeightPrecision.FLOAT32);
  }

  /**
   * Compiles a model for the best kernels of this JVM, with weights from a source: the plan that
   * {@link Model#loadWeights} and compiling would give, in less memory. Each weight is read when it
   * is packed, and not kept besides; the model's own are neither created, read nor changed.
   *
   * @param weights opened and closed here
   * @param algorithm as above
   * @param precision as above
   * @throws WeightException if weights are missing, left over, of another shape or can not be read
   */
  public static InferencePlan compile(
      Model model, WeightSource weights, Conv2dAlgorithm algorithm, WeightPrecision precision) {
    try (WeightReader reader = weights.open(model)) {
      return compile(LowerModel.run(model, p -> Weight.of(p, reader)), algorithm, precision);
    }
  }

  private static InferencePlan compile(
      PlanGraph graph, Conv2dAlgorithm algorithm, WeightPrecision precision) {
    ElideIdentities.run(graph);
    FoldBatchNormalization.run(graph);
    FuseRelu.run(graph);
    LowerConv1d.run(graph);
    PoolProjections.run(graph);
    graph.removeUnused();
    GroupSiblings.run(graph);
    ShareViews.run(graph);
    ConcatenateInPlace.run(graph);
    return new InferencePlan(graph, KernelSelector.kernels(), algorithm, precision);
  }

  private static Place place(PlanNode node, ArenaLayout layout) {
    int firstChannel = 0;
    int rowStride = node.shape.dim(-1);
    PlanNode owner = node;
    while (owner.concatenation != null) {
      firstChannel += owner.firstChannel;
      owner = owner.concatenation;
      rowStride = owner.shape.dim(-1);
    }
    owner = node.storage();
    int offset = layout.offsets().getOrDefault(owner, 0);
    boolean local = layout.local().contains(owner);
    return new Place(local, offset, firstChannel, rowStride, node.shape);
  }

  /** Multiply-adds of a sample's convolutions as they are defined, whatever the algorithms. */
  public long multiplyAdds() {
    return description().stream().mapToLong(PlanStep::multiplyAdds).sum();
  }

  /** Bytes of weights that the plan holds or, where it did not pack them, shares with the model. */
  public long weightBytes() {
    return steps().stream().mapToLong(s -> s.step().weightBytes()).sum();
  }

  /**
   * A table of the steps: layer, kernel, output, algorithm with its register tile and, where it is
   * not that of floats, the precision of its weights, how many samples a thread go through it
   * together, millions of multiply-adds a sample, and the speed expected of one thread, counted in
   * floating-point operations of the definition.
   *
   * @param peak the FMA peak of one core in GFLOP/s
   */
  public String explain(double peak) {
    return Explanation.table(description(), peak);
  }

  /** What each step does, in their order. */
  public List<PlanStep> description() {
    return Explanation.steps(stretches);
  }

  /** Shapes of the inputs, their batch unknown. */
  public List<Shape> inputShapes() {
    return inputs.stream().map(i -> i.place().shape()).toList();
  }

  /** Shapes of the outputs, their batch unknown. */
  public List<Shape> outputShapes() {
    return outputs.stream().map(Place::shape).toList();
  }

  /**
   * Memory for one caller at a time.
   *
   * @param compute its kernels must be those of this JVM, as in {@link Compute#standard}
   * @param maxBatch the largest batch that the session will be given
   * @throws IllegalArgumentException if {@code maxBatch} is less than 1, too large for one array,
   *     or {@code compute} has other kernels
   */
  public InferenceSession session(Compute compute, int maxBatch) {
    if (compute.kernels() != kernels) {
      throw new IllegalArgumentException(
          "InferencePlan: expected the kernels that the plan was compiled for");
    }
    long perSample = Math.max(1, (long) arenaSize + largestMemory());
    if (maxBatch < 1 || maxBatch * perSample > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "InferencePlan: expected a batch of 1 to "
              + (Integer.MAX_VALUE - 8) / perSample
              + ", found "
              + maxBatch);
    }
    return new InferenceSession(this, compute, maxBatch);
  }

  /** A session on all available processors. */
  public InferenceSession session(int maxBatch) {
    return session(Compute.standard(), maxBatch);
  }

  private int largestMemory() {
    return stretches.stream().mapToInt(PlacedStretch::memory).max().orElse(0);
  }

  /** The steps of all stretches, in order. */
  List<PlacedStep> steps() {
    return stretches.stream().flatMap(s -> s.steps().stream()).toList();
  }

  /** The inputs: given to the first stretch. */
  List<PlacedInput> inputs() {
    return inputs;
  }

  List<PlacedStretch> stretches() {
    return stretches;
  }

  List<Place> outputs() {
    return outputs;
  }

  int arenaSize() {
    return arenaSize;
  }

  /**
   * The samples that a part of a batch has at least: with rounded weights one row alone is summed
   * in another order, and bits do not depend on the number of threads.
   */
  int leastPart() {
    return precision == WeightPrecision.FLOAT32 ? 1 : 2;
  }
}
