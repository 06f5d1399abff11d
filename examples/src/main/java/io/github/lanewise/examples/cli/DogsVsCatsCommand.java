package io.github.lanewise.examples.cli;

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

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin ComputeOptions computing = new ComputeOptions();
  @Mixin InputOptions inputs = new InputOptions();
  @Mixin ProfileOptions profile = new ProfileOptions();
  @Mixin SourceOptions sources = new SourceOptions();
  @Mixin LearningOptions learning = new LearningOptions();

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
    learning.check();
    Values.atLeast(spec, 0, "--checkpoint-interval", checkpointInterval);
    sources.check();
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
    TrainingSource source = sources.source(progress);
    progress.stage(SourceOptions.announcement(source));
    long loading = System.nanoTime();
    Material material =
        source == null
            ? Material.sample(learning.seed, input, compute)
            : Material.files(source.weights(), source.data(), input, progress::unreadable);
    double loadingSeconds = secondsSince(loading);
    TrainingOptions options = learning.options(computing.batch, source == null);
    learning.checkUnfreezing(material.trunk());
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
