package io.github.lanewise.train;

import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The part of a model that training does not change: all nodes above which nothing can be trained
 * and nothing is random. It runs through an inference plan, without a tape, and its outputs for a
 * dataset can be kept, so that they are computed once and not once an epoch.
 */
public final class FrozenTrunk {

  private final Model model;
  private final List<Node> boundary;

  private FrozenTrunk(Model model, List<Node> boundary) {
    this.model = model;
    this.boundary = boundary;
  }

  /** The frozen part of a model as its layers are now. */
  public static FrozenTrunk of(Model model) {
    Set<Node> frozen = new HashSet<>();
    for (Node node : model.nodes()) {
      if (model.inputs().contains(node)
          || (fixed(node.layer()) && frozen.containsAll(node.inputs()))) {
        frozen.add(node);
      }
    }
    Set<Node> boundary = new LinkedHashSet<>();
    for (Node node : model.nodes()) {
      if (!frozen.contains(node)) {
        node.inputs().stream().filter(frozen::contains).forEach(boundary::add);
      }
    }
    model.outputs().stream().filter(frozen::contains).forEach(boundary::add);
    return new FrozenTrunk(model, List.copyOf(boundary));
  }

  /** Training changes even a batch normalization without gamma and beta: its moving averages. */
  private static boolean fixed(Layer layer) {
    return (!layer.trainable() || layer.parameters().isEmpty()) && !layer.stochastic();
  }

  /** The frozen nodes that the rest of the model takes its inputs from. */
  public List<Node> boundary() {
    return boundary;
  }

  /** Whether there is nothing frozen but the inputs. */
  public boolean trivial() {
    return model.inputs().containsAll(boundary);
  }

  /**
   * Checks that samples fit the model's input or, where they are features, the boundary.
   *
   * @throws ShapeException if they do not
   */
  void requireFits(Dataset dataset) {
    boolean features = areFeatures(dataset);
    Shape expected = features ? Shape.of(rowSize()) : model.input().shape().withoutBatch();
    if (!dataset.sampleShape().equals(expected)) {
      throw new ShapeException(
          "expected samples of " + expected + ", found " + dataset.sampleShape());
    }
  }

  /** Whether samples are features, perhaps some of them in another order. */
  static boolean areFeatures(Dataset dataset) {
    return dataset instanceof FeatureCache
        || (dataset instanceof DatasetView view && areFeatures(view.source));
  }

  /** Floats that the boundary has for one sample. */
  int rowSize() {
    return boundary.stream().mapToInt(n -> n.shape().sizeOfRow()).sum();
  }

  /** A session that computes the boundary from the inputs. */
  InferenceSession session(Compute compute, int maxBatch) {
    Model trunk = new Model("trunk", model.inputs(), boundary);
    return InferencePlan.compile(trunk).session(compute, maxBatch);
  }

  /** The boundary's tensors as the values of its nodes. */
  Map<Node, Tensor> feeds(List<Tensor> tensors) {
    Map<Node, Tensor> feeds = new HashMap<>();
    for (int i = 0; i < boundary.size(); i++) {
      feeds.put(boundary.get(i), tensors.get(i));
    }
    return feeds;
  }

  /** The boundary's values from rows of a {@link FeatureCache}, [n, rowSize]. */
  Map<Node, Tensor> feeds(Tensor rows) {
    int n = rows.shape().dim(0);
    Map<Node, Tensor> feeds = new HashMap<>();
    int from = 0;
    for (Node node : boundary) {
      int size = node.shape().sizeOfRow();
      Tensor part = boundary.size() == 1 ? rows : rows.channels(from, from + size).copy();
      feeds.put(node, part.reshape(node.shape().withBatch(n)));
      from += size;
    }
    return feeds;
  }

  /**
   * Computes the trunk's outputs for a whole dataset, once. Samples that can not be read are left
   * out.
   *
   * @param cacheBytes what the outputs may take in memory; beyond it they go to a temporary file
   * @param progress told how many samples are done, and of how many
   * @return a dataset that training of the same model takes in place of {@code dataset}; close it
   * @throws IllegalArgumentException if {@code batchSize} is less than 1
   * @throws ShapeException if samples do not fit the model's input
   */
  public FeatureCache features(
      Dataset dataset,
      int batchSize,
      long cacheBytes,
      Compute compute,
      BiConsumer<Integer, Integer> progress) {
    Batches.requireBatchSize(batchSize);
    requireFits(dataset);
    FeatureCache cache = FeatureCache.create(rowSize(), dataset, cacheBytes);
    try (Batches batches = Batches.inOrder(dataset, batchSize, compute.loop().threads())) {
      InferenceSession session = session(compute, batchSize);
      int done = 0;
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        cache.add(session.run(batch.x()), batch.y());
        done += batch.size();
        progress.accept(done, dataset.size());
      }
      return cache;
    } catch (RuntimeException | Error e) {
      cache.close();
      throw e;
    }
  }
}
