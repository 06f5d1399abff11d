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
import io.github.lanewise.train.SavedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * The main job: the trunk's outputs for all pictures, once, and two heads trained on them, without
 * dropout and with it, from the same initial weights; then, if asked for, the trunk's upper layers
 * together with the second head.
 */
public final class HeadTraining {

  /**
   * What came of it.
   *
   * @param runs without dropout, with dropout, and with the trunk's upper layers if they are
   *     retrained
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
  private final Checkpoints checkpoints;
  private Function<String, List<Callback>> callbacks = run -> List.of();
  private Examiner examiner = (head, training, validation) -> {};

  /**
   * A job, which goes on where there are checkpoints.
   *
   * @param nanos the clock
   * @param checkpoints where it keeps its state
   */
  public HeadTraining(
      Trunk trunk,
      TrainingOptions options,
      Compute compute,
      TrainingListener listener,
      LongSupplier nanos,
      Checkpoints checkpoints) {
    this.trunk = trunk;
    this.options = options;
    this.compute = compute;
    this.listener = listener;
    this.nanos = nanos;
    this.checkpoints = checkpoints;
  }

  /** More callbacks for each run, by its name; none by default. */
  public HeadTraining with(Function<String, List<Callback>> more) {
    callbacks = more;
    return this;
  }

  /** Who looks at the head before the trunk's outputs are gone; nobody by default. */
  public HeadTraining examinedBy(Examiner other) {
    examiner = other;
    return this;
  }

  /** Runs it. */
  public Outcome run(Pictures pictures) {
    Outcome outcome = onFrozenTrunk(pictures);
    return options.unfreezing() == null ? outcome : retrained(outcome, pictures);
  }

  private Outcome onFrozenTrunk(Pictures pictures) {
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

  /**
   * The trunk's outputs can be kept for the validation pictures alone; for the training pictures
   * what has been decoded is.
   */
  private Outcome runAugmented(Pictures pictures, FrozenTrunk frozen, long limit, long start) {
    try (FeatureCache validation = features(frozen, "validation", pictures.validation(), limit)) {
      boolean inFile = validation.inFile();
      Dataset decoded = pictures.training().cache(Math.max(0, limit - inMemory(validation)));
      return heads(() -> augmented(decoded), validation, secondsSince(start), inFile);
    }
  }

  /** Trains both heads, each on training pictures that begin anew. */
  private Outcome heads(
      Supplier<Dataset> training, Dataset validation, double featureSeconds, boolean inFile) {
    double rate = options.learningRate();
    listener.stage("Without dropout");
    Run without = train("no-dropout", 0, rate, head(0), training.get(), validation, fitOptions());
    Head head = head(options.dropout());
    listener.stage("With dropout " + options.dropout());
    Run with =
        train("dropout", options.dropout(), rate, head, training.get(), validation, fitOptions());
    examiner.examine(head, training.get(), validation);
    return new Outcome(List.of(without, with), head, featureSeconds, inFile);
  }

  /** Goes on with the second head and the upper layers of the trunk. */
  private Outcome retrained(Outcome outcome, Pictures pictures) {
    TrainingOptions.Unfreezing unfreezing = Objects.requireNonNull(options.unfreezing());
    trunk.unfreeze(unfreezing.layer());
    Dataset training = options.augment() ? augmented(pictures.training()) : pictures.training();
    FitOptions fit = fitOptions();
    if (unfreezing.recompute()) {
      fit.recomputeBetween(trunk.blockEnds().toArray(String[]::new));
    }
    listener.stage("Retraining from " + unfreezing.layer());
    Run run =
        train(
            "unfrozen",
            options.dropout(),
            unfreezing.learningRate(),
            outcome.head(),
            training,
            pictures.validation(),
            fit);
    List<Run> runs = new ArrayList<>(outcome.runs());
    runs.add(run);
    return new Outcome(runs, outcome.head(), outcome.featureSeconds(), outcome.featuresInFile());
  }

  /** The course's augmentation. */
  private Dataset augmented(Dataset pictures) {
    ImageDataGenerator generator =
        new ImageDataGenerator()
            .rotationRange(40)
            .widthShiftRange(0.2)
            .heightShiftRange(0.2)
            .shearRange(0.2)
            .zoomRange(0.2)
            .horizontalFlip(true);
    return new AugmentedDataset(pictures, generator, options.seed());
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

  private FitOptions fitOptions() {
    return new FitOptions()
        .epochs(options.epochs())
        .batchSize(options.batch())
        .seed(options.seed())
        .cacheBytes(options.cacheBytes());
  }

  private Run train(
      String name,
      double dropout,
      double learningRate,
      Head head,
      Dataset training,
      Dataset validation,
      FitOptions fit) {
    EpochClock clock = new EpochClock();
    List<Callback> all =
        new ArrayList<>(List.of(clock, listener.epochs(options.epochs()), checkpoints.of(name)));
    all.addAll(callbacks.apply(name));
    RMSprop optimizer = new RMSprop(learningRate).gradientAccumulationSteps(options.accumulate());
    History history =
        CompiledModel.compile(head.model(), optimizer, Loss.BINARY_CROSSENTROPY, new Accuracy())
            .on(compute)
            .fit(training, fit.validationData(validation).callbacks(all.toArray(new Callback[0])));
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

    @Override
    public SavedState state() {
      double[] all = seconds.stream().mapToDouble(s -> s).toArray();
      return new SavedState().put("seconds", all);
    }

    @Override
    public void setState(SavedState state) {
      seconds.clear();
      DoubleStream.of(state.numbers("seconds")).forEach(seconds::add);
    }
  }
}
