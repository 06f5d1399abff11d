package io.github.lanewise.examples.report;

import io.github.lanewise.examples.report.evaluation.HeadEvaluation;
import io.github.lanewise.examples.transfer.HeadTraining;
import io.github.lanewise.examples.transfer.Material;
import io.github.lanewise.examples.transfer.Run;
import io.github.lanewise.examples.transfer.TrainingOptions;
import io.github.lanewise.kernels.Compute;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is known after training, and the files that keep it.
 *
 * @param version of Lanewise
 * @param material what was trained on
 * @param options how it was trained
 * @param outcome what came of it
 * @param evaluation of the head that was trained with dropout
 * @param compute what computed
 * @param loadingSeconds how long weights and lists of pictures took
 * @param totalSeconds how long everything took
 */
public record TrainingResults(
    String version,
    Material material,
    TrainingOptions options,
    HeadTraining.Outcome outcome,
    HeadEvaluation evaluation,
    Compute compute,
    double loadingSeconds,
    double totalSeconds) {

  private static final String MODEL = "model.h5";

  /** The name of the picture of the curves. */
  public static final String CURVES = "curves.png";

  private static final String REPORT = "report.json";

  /**
   * Writes {@code history-*.csv}, {@code model.h5}, {@code curves.png} and {@code report.json},
   * each whole or not at all.
   *
   * @throws IOException naming the file that can not be written
   */
  public void write(Path directory) throws IOException {
    for (Run run : outcome.runs()) {
      OutputFile.write(
          directory.resolve("history-" + run.name() + ".csv"), HistoryCsv.of(run.history()));
    }
    material.describe(options).write(outcome.head(), directory.resolve(MODEL));
    OutputFile.write(directory.resolve(REPORT), report());
    OutputFile.write(directory.resolve(CURVES), curves());
  }

  private BufferedImage curves() throws IOException {
    String on =
        material.sampleSeed() != null
            ? "embedded sample (drawn pictures, random weights)"
            : "InceptionV3 cut at " + Material.LAYER;
    try {
      return Curves.draw(
          "Dogs vs. cats, " + on,
          List.of("without dropout", "with dropout " + options.dropout()),
          outcome.runs().stream().map(Run::history).toList());
    } catch (InternalError | NullPointerException e) {
      // What the JDK throws where the system has no fonts at all.
      throw new IOException(CURVES + ": can not be drawn, are fonts installed? (" + e + ")", e);
    }
  }

  /** The report as JSON. */
  String report() {
    TrainingReport report =
        new TrainingReport()
            .put("command", "dogs-vs-cats")
            .put("lanewise", version)
            .put("embedded_sample", material.sampleSeed() != null)
            .put("settings", settings())
            .put("weights", weights())
            .put("pictures", pictures())
            .put("machine", machine())
            .put("evaluation", evaluation.figures())
            .put("seconds", seconds());
    return report.putRuns(outcome.runs()).json();
  }

  /** How it was trained, by name. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("layer", Material.LAYER);
    settings.put("epochs", options.epochs());
    settings.put("batch", options.batch());
    settings.put("accumulate", options.accumulate());
    settings.put("optimizer", "RMSprop");
    settings.put("learning_rate", options.learningRate());
    settings.put("dropout", options.dropout());
    settings.put("seed", options.seed());
    settings.put("size", material.input().size());
    settings.put("resize", material.input().resize().name());
    settings.put("rescale", material.input().scaling().name());
    settings.put("cache_bytes", options.cacheBytes());
    settings.put("augment", options.augment());
    TrainingOptions.Unfreezing unfreezing = options.unfreezing();
    if (unfreezing != null) {
      settings.put("unfreeze", unfreezing.layer());
      settings.put("unfreeze_learning_rate", unfreezing.learningRate());
      settings.put("recompute", unfreezing.recompute());
    }
    settings.put("features_in_file", outcome.featuresInFile());
    return settings;
  }

  /** The trunk's weights, by name. */
  public Map<String, Object> weights() {
    Map<String, Object> weights = new LinkedHashMap<>();
    String file = material.trunk().weights();
    weights.put("file", file == null ? "random" : file);
    String md5 = material.trunk().md5();
    if (md5 != null) {
      weights.put("md5", md5);
    }
    return weights;
  }

  /** The pictures, by name. */
  public Map<String, Object> pictures() {
    Map<String, Object> pictures = new LinkedHashMap<>();
    pictures.put("labels", material.pictures().labels());
    pictures.put("training", material.pictures().training().size());
    pictures.put("validation", material.pictures().validation().size());
    pictures.put("unreadable", material.pictures().unreadable());
    return pictures;
  }

  /** What it ran on, by name. */
  public Map<String, Object> machine() {
    return Machine.describe(compute);
  }

  private Map<String, Object> seconds() {
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("loading", loadingSeconds);
    seconds.put("features", outcome.featureSeconds());
    for (Run run : outcome.runs()) {
      seconds.put("epochs_" + run.name().replace('-', '_'), run.epochSeconds());
    }
    seconds.put("evaluation", evaluation.seconds());
    seconds.put("total", totalSeconds);
    return seconds;
  }
}
