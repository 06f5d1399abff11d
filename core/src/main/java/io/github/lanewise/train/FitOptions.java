package io.github.lanewise.train;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of {@link CompiledModel#fit}, by Keras's names. */
public final class FitOptions {

  private int epochs = 1;
  private int batchSize = 32;
  private @Nullable Dataset validationData;
  private double validationSplit;
  private @Nullable ClassWeights classWeight;
  private List<Callback> callbacks = List.of();
  private boolean shuffle = true;
  private long seed;
  private List<String> recomputeBetween = List.of();
  private long cacheBytes = Runtime.getRuntime().maxMemory() / 4;

  /** One epoch in shuffled batches of 32, without validation. */
  public FitOptions() {}

  /**
   * Passes over the data; default 1.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public FitOptions epochs(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs: expected at least 1, found " + epochs);
    }
    this.epochs = epochs;
    return this;
  }

  /**
   * Samples a step; default 32.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public FitOptions batchSize(int batchSize) {
    Batches.requireBatchSize(batchSize);
    this.batchSize = batchSize;
    return this;
  }

  /** What to evaluate on after each epoch; default nothing. */
  public FitOptions validationData(Dataset validationData) {
    this.validationData = validationData;
    return this;
  }

  /**
   * The fraction of the samples, the last ones, that are not trained on but validated on, unless
   * there is {@link #validationData}; default 0. See {@link Dataset#split}.
   *
   * @throws IllegalArgumentException if it is not from 0 to below 1
   */
  public FitOptions validationSplit(double fraction) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "validation_split: expected at least 0 and below 1, found " + fraction);
    }
    this.validationSplit = fraction;
    return this;
  }

  /**
   * What the losses of the samples of a class are multiplied by in training; default, and for
   * classes that are not named, 1. The loss is still divided by the number of samples. Metrics and
   * validation are as without.
   *
   * @param weights by the number of the class: the column where targets have several, else the
   *     target
   * @throws IllegalArgumentException if a class or a weight is negative, or a weight not finite
   */
  public FitOptions classWeight(Map<Integer, Double> weights) {
    this.classWeight = new ClassWeights(weights);
    return this;
  }

  /** Whom to tell what happens. */
  public FitOptions callbacks(Callback... callbacks) {
    this.callbacks = List.of(callbacks);
    return this;
  }

  /** Whether to shuffle before each epoch; default true. */
  public FitOptions shuffle(boolean shuffle) {
    this.shuffle = shuffle;
    return this;
  }

  /** Where the shuffling starts; default 0. */
  public FitOptions seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * What the outputs of the frozen part may take in memory before they go to a temporary file;
   * default a quarter of the heap. Training data comes first; validation data has what is left.
   *
   * @throws IllegalArgumentException if less than 0
   */
  public FitOptions cacheBytes(long cacheBytes) {
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cache_bytes: expected at least 0, found " + cacheBytes);
    }
    this.cacheBytes = cacheBytes;
    return this;
  }

  /**
   * Trains in less memory and more time, to the same bits: up to the last of these layers, what
   * lies between two of them is computed again on the way back (gradient checkpointing, {@code
   * jax.checkpoint}, {@code keras.RematScope}). Of the layers' outputs those of these are kept, and
   * those that are used across one of them. Default none: all is kept that the way back reads.
   *
   * @param layers names of layers that end the parts of the network, such as its blocks; those that
   *     training does not come to, as they are frozen, do not matter
   */
  public FitOptions recomputeBetween(String... layers) {
    this.recomputeBetween = List.of(layers);
    return this;
  }

  int epochs() {
    return epochs;
  }

  int batchSize() {
    return batchSize;
  }

  @Nullable Dataset validationData() {
    return validationData;
  }

  double validationSplit() {
    return validationSplit;
  }

  @Nullable ClassWeights classWeight() {
    return classWeight;
  }

  List<Callback> callbacks() {
    return callbacks;
  }

  boolean shuffle() {
    return shuffle;
  }

  long seed() {
    return seed;
  }

  List<String> recomputeBetween() {
    return recomputeBetween;
  }

  long cacheBytes() {
    return cacheBytes;
  }
}
