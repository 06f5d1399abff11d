package io.github.lanewise.examples.report.page;

import io.github.lanewise.examples.report.OutputFile;
import io.github.lanewise.examples.report.TrainingResults;
import io.github.lanewise.examples.report.evaluation.Calibration;
import io.github.lanewise.examples.report.evaluation.ConfusionMatrix;
import io.github.lanewise.examples.report.evaluation.FeatureMap;
import io.github.lanewise.examples.report.evaluation.Interval;
import io.github.lanewise.examples.report.evaluation.RocCurve;
import io.github.lanewise.examples.report.evaluation.Scores;
import io.github.lanewise.examples.transfer.Material;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The report of a training job: one HTML file for people, with everything in it. It forbids itself
 * scripts and the network.
 */
public final class ReportPage {

  /** What the file is called. */
  public static final String FILE = "report.html";

  private static final String STYLE = "report.css";

  private final TrainingResults results;
  private final LongSupplier nanos;

  /**
   * A page to be written.
   *
   * @param nanos the clock
   */
  public ReportPage(TrainingResults results, LongSupplier nanos) {
    this.results = results;
    this.nanos = nanos;
  }

  /**
   * Writes {@value #FILE}, whole or not at all.
   *
   * @throws IOException naming the file, if it can not be written
   */
  public void write(Path directory) throws IOException {
    OutputFile.write(directory.resolve(FILE), html());
  }

  private String html() throws IOException {
    Html html = new Html();
    List<String> labels = results.material().pictures().labels();
    html.open("html", "lang", "en").open("head");
    html.single("meta", "charset", "utf-8");
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.single(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    html.leaf("title", "Telling " + labels.get(0) + " from " + labels.get(1) + " - Lanewise");
    html.style(style()).close().open("body").open("main");
    Scores scores = results.evaluation().scores();
    long start = nanos.getAsLong();
    PicturesSection pictures =
        scores == null
            ? null
            : new PicturesSection(
                results.material(), results.outcome().head(), scores, results.compute());
    double heatMapSeconds = (nanos.getAsLong() - start) / 1e9;
    head(html, scores, labels, heatMapSeconds);
    CurvesSection.write(html, results.outcome().runs());
    if (scores != null && pictures != null) {
      JudgementSection.write(html, scores, labels);
      pictures.write(html);
    }
    FeatureMap map = results.evaluation().features();
    if (map != null) {
      FeaturesSection.write(html, map, scores, results.material(), results.outcome().runs());
    }
    RunSection.write(html, results, heatMapSeconds);
    html.leaf("footer", "Lanewise " + results.version() + ". The same figures are in report.json.");
    return html.close().close().close().document();
  }

  private static String style() throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IOException(STYLE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void head(
      Html html, @Nullable Scores scores, List<String> labels, double heatMapSeconds) {
    html.open("header").leaf("h1", "Telling " + labels.get(0) + " from " + labels.get(1));
    boolean drawn = results.material().sampleSeed() != null;
    html.leaf(
        "p",
        "InceptionV3, "
            + (drawn ? "here with random weights" : "which was trained on other pictures")
            + ", is kept as it is and cut at its layer "
            + Material.LAYER
            + ". A small head on top of it has learnt from "
            + Words.count(results.material().pictures().training().size())
            + (drawn ? " drawings" : " photographs")
            + " to tell "
            + labels.get(0)
            + " from "
            + labels.get(1)
            + ". This page says how well it does on "
            + Words.count(scores == null ? 0 : scores.size())
            + " others, and where it looks.",
        "class",
        "lead");
    if (drawn) {
      html.leaf(
          "p",
          "This is the embedded sample, drawn pictures and random weights: it shows that everything"
              + " works, and says nothing about photographs.",
          "class",
          "note");
    }
    if (scores == null) {
      html.leaf(
          "p",
          "Training diverged: what the head says is no number. A smaller learning rate may help.",
          "class",
          "note");
    } else {
      tiles(html, scores, results.totalSeconds() + heatMapSeconds);
    }
    html.close();
  }

  private void tiles(Html html, Scores scores, double totalSeconds) {
    ConfusionMatrix matrix = ConfusionMatrix.of(scores);
    Interval interval = Interval.ofShare(matrix.right(), matrix.total());
    html.open("div", "class", "tiles");
    tile(
        html,
        "right answers",
        Words.percent(matrix.accuracy()),
        matrix.right()
            + " of "
            + matrix.total()
            + "; on any others, probably "
            + Words.percent(interval.low())
            + " to "
            + Words.percent(interval.high()));
    FeatureMap map = results.evaluation().features();
    FeatureMap.Probe probe = map == null ? null : map.probe();
    if (probe != null) {
      tile(
          html,
          "linear baseline",
          Words.percent(probe.accuracy()),
          "a ridge regression on the same features");
    }
    tile(
        html,
        "area under the ROC curve",
        Words.figure(RocCurve.of(scores).area()),
        "0.5 is guessing, 1 is perfect");
    tile(
        html,
        "calibration error",
        Words.percent(Calibration.of(scores, Calibration.BINS).error()),
        "how far its probabilities are from the truth");
    tile(
        html,
        "the whole run",
        Words.seconds(totalSeconds),
        results.compute().loop().threads() + " threads, no native code");
    html.close();
    html.leaf(
        "p",
        "All of this is the head with dropout as it was after the last epoch, which is the one in"
            + " model.h5.",
        "class",
        "quiet");
  }

  private static void tile(Html html, String name, String figure, String words) {
    html.open("div", "class", "tile");
    html.leaf("span", name, "class", "name");
    html.leaf("span", figure, "class", "figure");
    html.leaf("span", words, "class", "words").close();
  }
}
