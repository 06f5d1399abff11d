package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.download.KerasCache;
import io.github.lanewise.examples.report.OutputDirectory;
import io.github.lanewise.examples.report.TensorBoardRuns;
import io.github.lanewise.examples.report.TrainingResults;
import io.github.lanewise.examples.report.evaluation.HeadEvaluation;
import io.github.lanewise.examples.report.page.ReportPage;
import io.github.lanewise.examples.transfer.Checkpoints;
import io.github.lanewise.examples.transfer.HeadTraining;
import io.github.lanewise.examples.transfer.Material;
import io.github.lanewise.examples.transfer.PictureInput;
import io.github.lanewise.examples.transfer.Run;
import io.github.lanewise.examples.transfer.TrainingOptions;
import io.github.lanewise.examples.transfer.Trunk;
import io.github.lanewise.kernels.Compute;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(
    name = "dogs-vs-cats",
    description = {
      "Trains a classifier of dogs and cats on a frozen InceptionV3 cut at mixed7, without dropout"
          + " and with it, and shows both.",
      "Weights and photographs that are not named are looked for in Keras's cache folder. Where"
          + " nothing is named and nothing found, the embedded sample is used: drawn pictures and"
          + " random weights."
    },
    mixinStandardHelpOptions = true)
final class DogsVsCatsCommand implements Callable<Integer> {

  private static final double SAMPLE_LEARNING_RATE = 5e-6;
  private static final double LEARNING_RATE = 1e-4;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin ComputeOptions computing = new ComputeOptions();
  @Mixin InputOptions inputs = new InputOptions();
  @Mixin ProfileOptions profile = new ProfileOptions();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "InceptionV3's weights without the top, in Keras's .h5 layout (default: the official file"
              + " in Keras's cache folder, if it is there).")
  @Nullable Path weights;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Photographs in train and validation, each with a folder a class (default: those in"
              + " Keras's cache folder, if they are there).")
  @Nullable Path data;

  @Option(
      names = "--download",
      description =
          "Fetch the weights and photographs that are not there into Keras's cache folder.")
  boolean download;

  @Option(names = "--sample", description = "Use the embedded sample, whatever is there.")
  boolean sample;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Passes over the pictures (default: ${DEFAULT-VALUE}).")
  int epochs;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Change the weights once in so many batches, by the mean of the batches' gradients"
              + " (default: ${DEFAULT-VALUE}).")
  int accumulate;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description =
          "RMSprop's learning rate (default: "
              + LEARNING_RATE
              + "; "
              + SAMPLE_LEARNING_RATE
              + " for the embedded sample).")
  @Nullable Double learningRate;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      defaultValue = "0.2",
      description = "The share that the second run drops (default: ${DEFAULT-VALUE}).")
  double dropout;

  @Option(
      names = "--unfreeze",
      paramLabel = "LAYER",
      description =
          "Then retrain, with the second head, the trunk from this layer of InceptionV3 up, such as"
              + " mixed6, for as many epochs again; batch normalization keeps its statistics (default:"
              + " the trunk stays frozen).")
  @Nullable String unfreeze;

  @Option(
      names = "--unfreeze-lr",
      paramLabel = "X",
      defaultValue = "1e-5",
      description = "RMSprop's learning rate in that (default: ${DEFAULT-VALUE}).")
  double unfreezeLearningRate;

  @Option(
      names = "--augment",
      description =
          "Turn (40 degrees), shift, zoom (0.2), shear and flip the training pictures, other ones in"
              + " each epoch; the trunk then runs in each epoch too.")
  boolean augment;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description =
          "Where the random numbers start; the same seed gives the same bits (default:"
              + " ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--cache-memory",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description =
          "What the trunk's outputs may take in memory, such as 512m or 2g, before they go to a"
              + " temporary file; with --augment, decoded pictures too (default: a quarter of the"
              + " heap).")
  long cacheMemory = Runtime.getRuntime().maxMemory() / 4;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Write what TensorBoard shows, too, into this directory (default: nowhere).")
  @Nullable Path tensorBoard;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "lanewise-out",
      description = "Where results go (default: ${DEFAULT-VALUE}).")
  Path out = Path.of("");

  @Option(
      names = "--resume",
      description =
          "Go on from the checkpoints in --out, where a job of the same arguments was ended, to the"
              + " same results; without it the job starts anew.")
  boolean resume;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "At least so long between two checkpoints, of which there is one after an epoch at most"
              + " (default: ${DEFAULT-VALUE}).")
  int checkpointInterval;

  @Override
  public Integer call() throws IOException {
    return profile.record(this::train);
  }

  private int train() throws IOException {
    long start = System.nanoTime();
    Compute compute = computing.compute();
    PictureInput input = inputs.input();
    checkValues();
    OutputDirectory.require(out);
    Checkpoints checkpoints = new Checkpoints(out, Duration.ofSeconds(checkpointInterval));
    if (!resume) {
      checkpoints.delete();
    }
    TrainingProgress progress =
        new TrainingProgress(
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            Terminal.attached(),
            Colours.standard(),
            System::nanoTime);
    TrainingSource source = source(progress);
    progress.stage(announcement(source));
    long loading = System.nanoTime();
    Material material =
        source == null
            ? Material.sample(seed, input, compute)
            : Material.files(source.weights(), source.data(), input, progress::unreadable);
    double loadingSeconds = secondsSince(loading);
    TrainingOptions options = options(source == null);
    checkUnfreezing(material.trunk());
    TensorBoardRuns runs = new TensorBoardRuns(tensorBoard);
    HeadEvaluation evaluation = new HeadEvaluation(compute, computing.batch, System::nanoTime);
    HeadTraining.Outcome outcome =
        new HeadTraining(
                material.trunk(), options, compute, progress, System::nanoTime, checkpoints)
            .examinedBy(evaluation)
            .with(runs::of)
            .run(material.pictures());
    TrainingResults results =
        new TrainingResults(
            Version.number(),
            material,
            options,
            outcome,
            evaluation,
            compute,
            loadingSeconds,
            secondsSince(start));
    results.write(out);
    runs.curves(out.resolve(TrainingResults.CURVES));
    new ReportPage(results, System::nanoTime).write(out);
    checkpoints.delete();
    conclude(results, secondsSince(start));
    return 0;
  }

  private void checkValues() {
    Values.atLeast(spec, 1, "--epochs", epochs);
    Values.atLeast(spec, 1, "--accumulate", accumulate);
    Values.atLeast(spec, 0, "--checkpoint-interval", checkpointInterval);
    Values.require(
        spec, dropout > 0 && dropout < 1, "--dropout", "more than 0 and less than 1", dropout);
    if (learningRate != null) {
      boolean positive = learningRate > 0 && learningRate < Double.POSITIVE_INFINITY;
      Values.require(spec, positive, "--lr", "more than 0", learningRate);
    }
    boolean positive = unfreezeLearningRate > 0 && unfreezeLearningRate < Double.POSITIVE_INFINITY;
    Values.require(spec, positive, "--unfreeze-lr", "more than 0", unfreezeLearningRate);
    if (sample && (weights != null || data != null || download)) {
      throw new ParameterException(
          spec.commandLine(), "--sample does not go with --weights, --data and --download");
    }
  }

  private void checkUnfreezing(Trunk trunk) {
    if (unfreeze == null) {
      return;
    }
    try {
      trunk.requireUnfreezable(unfreeze);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--unfreeze: " + e.getMessage(), e);
    }
  }

  private TrainingOptions options(boolean drawn) {
    double rate = drawn ? SAMPLE_LEARNING_RATE : LEARNING_RATE;
    return new TrainingOptions(
        epochs,
        computing.batch,
        accumulate,
        learningRate == null ? rate : learningRate,
        dropout,
        seed,
        cacheMemory,
        augment,
        unfreeze == null ? null : new TrainingOptions.Unfreezing(unfreeze, unfreezeLearningRate));
  }

  private @Nullable TrainingSource source(TrainingProgress progress) throws IOException {
    if (sample) {
      return null;
    }
    KerasCache cache = KerasCache.standard();
    if (download) {
      return TrainingSource.fetch(weights, data, cache, progress::transfer);
    }
    try {
      return TrainingSource.find(weights, data, cache);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), e.getMessage() + "; name it, or give --download", e);
    }
  }

  private static String announcement(@Nullable TrainingSource source) {
    if (source == null) {
      return "No weights and photographs given: this is the embedded sample, drawn pictures and"
          + " random weights.";
    }
    return "Weights " + source.weights() + ", photographs " + source.data();
  }

  private void conclude(TrainingResults results, double totalSeconds) {
    PrintWriter lines = spec.commandLine().getOut();
    for (Run run : results.outcome().runs()) {
      lines.printf(
          Locale.ROOT,
          "%s: validation accuracy %.4f after epoch %d, the best; %.4f after the last%n",
          run.name(),
          run.bestValidationAccuracy(),
          run.bestEpoch(),
          run.history().last("val_accuracy"));
    }
    int unreadable = results.material().pictures().unreadable();
    if (unreadable > 0) {
      lines.println(unreadable + " pictures could not be read and were left out");
    }
    lines.printf(
        Locale.ROOT,
        "%s in all: loading %s, features %s, epochs %s%n",
        ProgressBar.duration(totalSeconds),
        ProgressBar.duration(results.loadingSeconds()),
        ProgressBar.duration(results.outcome().featureSeconds()),
        epochDurations(results.outcome().runs()));
    boolean drawn = results.material().sampleSeed() != null;
    lines.println((drawn ? "Results of the embedded sample" : "Results") + " are in " + out);
    lines.flush();
  }

  private static String epochDurations(List<Run> runs) {
    return runs.stream()
        .flatMap(run -> run.epochSeconds().stream())
        .map(ProgressBar::duration)
        .collect(Collectors.joining(" "));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
