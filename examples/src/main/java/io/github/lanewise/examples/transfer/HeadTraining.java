package io.github.lanewise.examples.transfer;

import io.github.lanewise.image.AugmentedDataset;
import io.github.lanewise.image.ImageDataGenerator;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.train.Accuracy;
import io.github.lanewise.train.Callback;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.Dataset;
import io.github.lanewise.train.FeatureCache;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.FrozenTrunk;
import io.github.lanewise.train.History;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The main job: the trunk's outputs for all pictures, once, and two heads trained on them, without
 * dropout and with it, from the same initial weights.
 */
public final class HeadTraining {

  /**
   * What came of it.
   *
   * @param runs without dropout, with dropout
   * @param head the head that was trained with dropout
   * @param featureSeconds how long the trunk took
   * @param featuresInFile whether its outputs went to a temporary file
   */
  public record Outcome(List<Run> runs, Head head, double featureSeconds, boolean featuresInFile) {}

  private final Trunk trunk;
  private final TrainingOptions options;
  private final Compute compute;
  private final TrainingListener listener;
  private final LongSupplier nanos;
  private Examiner examiner = (head, training, validation) -> {};

  /**
   * A job.
   *
   * @param nanos the clock
   */
  public HeadTraining(
      Trunk trunk,
      TrainingOptions options,
      Compute compute,
      TrainingListener listener,
      LongSupplier nanos) {
    this.trunk = trunk;
    this.options = options;
    this.compute = compute;
    this.listener = listener;
    this.nanos = nanos;
  }

  /** Who looks at the head before the trunk's outputs are gone; nobody by default. */
  public HeadTraining examinedBy(Examiner other) {
    examiner = other;
    return this;
  }

  /** Runs it. */
  public Outcome run(Pictures pictures) {
    long start = nanos.getAsLong();
    FrozenTrunk frozen = FrozenTrunk.of(trunk.model());
    long limit = options.cacheBytes();
    if (options.augment()) {
      return runAugmented(pictures, frozen, limit, start);
    }
    try (FeatureCache training = features(frozen, "training", pictures.training(), limit);
        FeatureCache validation =
            features(frozen, "validation", pictures.validation(), limit - inMemory(training))) {
      double featureSeconds = secondsSince(start);
      boolean inFile = training.inFile() || validation.inFile();
      return heads(() -> training, validation, featureSeconds, inFile);
    }
  }

  /** The trunk's outputs can be kept for the validation pictures alone. */
  private Outcome runAugmented(Pictures pictures, FrozenTrunk frozen, long limit, long start) {
    try (FeatureCache validation = features(frozen, "validation", pictures.validation(), limit)) {
      boolean inFile = validation.inFile();
      return heads(() -> augmented(pictures), validation, secondsSince(start), inFile);
    }
  }

  /** Trains both heads, each on training pictures that begin anew. */
  private Outcome heads(
      Supplier<Dataset> training, Dataset validation, double featureSeconds, boolean inFile) {
    Run without = train("no-dropout", 0, head(0), training.get(), validation);
    Head head = head(options.dropout());
    Run with = train("dropout", options.dropout(), head, training.get(), validation);
    examiner.examine(head, training.get(), validation);
    return new Outcome(List.of(without, with), head, featureSeconds, inFile);
  }

  /** The course's augmentation. */
  private Dataset augmented(Pictures pictures) {
    ImageDataGenerator generator =
        new ImageDataGenerator()
            .rotationRange(40)
            .widthShiftRange(0.2)
            .heightShiftRange(0.2)
            .shearRange(0.2)
            .zoomRange(0.2)
            .horizontalFlip(true);
    return new AugmentedDataset(pictures.training(), generator, options.seed());
  }

  private static long inMemory(FeatureCache features) {
    long bytes = (long) features.size() * features.sampleShape().size() * Float.BYTES;
    return features.inFile() ? 0 : bytes;
  }

  private FeatureCache features(FrozenTrunk frozen, String which, Dataset pictures, long limit) {
    listener.featuresBegin(which, pictures.size());
    FeatureCache features =
        frozen.features(
            pictures,
            options.batch(),
            Math.max(0, limit),
            compute,
            (done, total) -> listener.features(which, done, total));
    listener.featuresEnd(which, features.size(), pictures.size());
    return features;
  }

  private Head head(double dropout) {
    return Head.on(trunk, dropout, options.seed());
  }

  private Run train(String name, double dropout, Head head, Dataset training, Dataset validation) {
    listener.stage(dropout == 0 ? "Without dropout" : "With dropout " + dropout);
    EpochClock clock = new EpochClock();
    History history =
        CompiledModel.compile(
                head.model(),
                new RMSprop(options.learningRate()),
                Loss.BINARY_CROSSENTROPY,
                new Accuracy())
            .on(compute)
            .fit(
                training,
                new FitOptions()
                    .epochs(options.epochs())
                    .batchSize(options.batch())
                    .seed(options.seed())
                    .validationData(validation)
                    .callbacks(clock, listener.epochs(options.epochs())));
    return new Run(name, dropout, history, List.copyOf(clock.seconds));
  }

  private double secondsSince(long start) {
    return (nanos.getAsLong() - start) / 1e9;
  }

  /** Measures epochs. */
  private final class EpochClock implements Callback {
    private final List<Double> seconds = new ArrayList<>();
    private long start;

    @Override
    public void onEpochBegin(CompiledModel model, int epoch) {
      start = nanos.getAsLong();
    }

    @Override
    public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
      seconds.add(secondsSince(start));
    }
  }
}
