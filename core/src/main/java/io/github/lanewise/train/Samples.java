package io.github.lanewise.train;

import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as training takes it: as features of the frozen trunk, kept or computed batch by batch.
 */
final class Samples implements AutoCloseable {

  private final FrozenTrunk trunk;
  private final Dataset data;
  private final boolean features;
  private final @Nullable FeatureCache owned;
  private final @Nullable InferenceSession session;

  private Samples(
      FrozenTrunk trunk,
      Dataset data,
      boolean features,
      @Nullable FeatureCache owned,
      @Nullable InferenceSession session) {
    this.trunk = trunk;
    this.data = data;
    this.features = features;
    this.owned = owned;
    this.session = session;
  }

  /**
   * @param cacheBytes as in {@link FitOptions}; 0 for not keeping features at all
   */
  static Samples of(
      FrozenTrunk trunk,
      Model model,
      Dataset data,
      int batchSize,
      long cacheBytes,
      Compute compute) {
    if (data.size() == 0) {
      throw new IllegalArgumentException("expected samples, found none");
    }
    if (data instanceof FeatureCache) {
      requireFits(Shape.of(trunk.rowSize()), data);
      return new Samples(trunk, data, true, null, null);
    }
    requireFits(model.input().shape().withoutBatch(), data);
    if (trunk.trivial()) {
      return new Samples(trunk, data, false, null, null);
    }
    if (data.deterministic() && cacheBytes > 0) {
      FeatureCache cache = trunk.features(data, batchSize, cacheBytes, compute, (done, all) -> {});
      return new Samples(trunk, cache, true, cache, null);
    }
    return new Samples(trunk, data, false, null, trunk.session(compute, batchSize));
  }

  private static void requireFits(Shape expected, Dataset data) {
    if (!data.sampleShape().equals(expected)) {
      throw new ShapeException("expected samples of " + expected + ", found " + data.sampleShape());
    }
  }

  /** The same samples; closing this does nothing. */
  Samples share() {
    return new Samples(trunk, data, features, null, session);
  }

  Batches inOrder(int batchSize) {
    return Batches.inOrder(data, batchSize);
  }

  Batches batches(FitOptions options, int epoch) {
    return options.shuffle()
        ? Batches.shuffled(data, options.batchSize(), options.seed(), epoch)
        : Batches.inOrder(data, options.batchSize());
  }

  /** The values of the trunk's boundary for a batch. */
  Map<Node, Tensor> feeds(Batch batch) {
    if (features) {
      return trunk.feeds(batch.x());
    }
    if (session != null) {
      return trunk.feeds(session.run(batch.x()));
    }
    return Map.of(trunk.boundary().get(0), batch.x());
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }
}
