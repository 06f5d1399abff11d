package io.github.lanewise.train;

import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Tensor;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as training takes it: as features of the frozen trunk, kept or computed batch by batch.
 * Datasets fit the trunk.
 */
final class Samples implements AutoCloseable {

  private final FrozenTrunk trunk;
  private final Dataset data;
  private final int threads;
  private final @Nullable FeatureCache owned;
  private final @Nullable InferenceSession session;

  private Samples(
      FrozenTrunk trunk,
      Dataset data,
      Compute compute,
      @Nullable FeatureCache owned,
      @Nullable InferenceSession session) {
    this.trunk = trunk;
    this.data = data;
    this.threads = compute.loop().threads();
    this.owned = owned;
    this.session = session;
  }

  /**
   * For several passes: features are computed now and kept, if they are the same each time.
   *
   * @param cacheBytes what they may take in memory
   * @param progress told how many samples have been computed, and of how many
   */
  static Samples kept(
      FrozenTrunk trunk,
      Dataset data,
      int batchSize,
      long cacheBytes,
      Compute compute,
      BiConsumer<Integer, Integer> progress) {
    if (FrozenTrunk.areFeatures(data) || trunk.trivial() || !data.deterministic()) {
      return once(trunk, data, batchSize, compute);
    }
    FeatureCache cache = trunk.features(data, batchSize, cacheBytes, compute, progress);
    return new Samples(trunk, cache, compute, cache, null);
  }

  /** For one pass: features are computed batch by batch. */
  static Samples once(FrozenTrunk trunk, Dataset data, int batchSize, Compute compute) {
    boolean asTheyAre = FrozenTrunk.areFeatures(data) || trunk.trivial();
    InferenceSession session = asTheyAre ? null : trunk.session(compute, batchSize);
    return new Samples(trunk, data, compute, null, session);
  }

  /** What the features kept here take in memory. */
  long bytesInMemory() {
    return owned == null ? 0 : owned.bytesInMemory();
  }

  Batches inOrder(int batchSize) {
    return Batches.inOrder(data, batchSize, threads);
  }

  /** The batches of an epoch of training, but for those before a position. */
  Batches ofEpoch(FitOptions options, int epoch, int from) {
    return options.shuffle() && !data.sequential()
        ? Batches.shuffled(data, options.batchSize(), threads, options.seed(), epoch, from)
        : Batches.inOrder(data, options.batchSize(), threads, from);
  }

  /** The number of samples, unreadable ones included. */
  int size() {
    return data.size();
  }

  /** See {@link Dataset#skipTo}. */
  void skipTo(int epoch) {
    data.skipTo(epoch);
  }

  /** The values of the trunk's boundary for a batch. */
  Map<Node, Tensor> feeds(Batch batch) {
    if (FrozenTrunk.areFeatures(data)) {
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
