package io.github.lanewise.examples.report.page;

import io.github.lanewise.examples.report.evaluation.Calibration;
import io.github.lanewise.examples.report.evaluation.ConfusionMatrix;
import io.github.lanewise.examples.report.evaluation.PrecisionRecallCurve;
import io.github.lanewise.examples.report.evaluation.RocCurve;
import io.github.lanewise.examples.report.evaluation.Scores;
import java.util.List;
import java.util.Locale;

/** Which mistakes the head makes, how well it ranks, and whether its probabilities are true. */
final class JudgementSection {

  /** The height of the largest group of pictures below the reliability diagram. */
  private static final double COUNT_HEIGHT = 0.16;

  private JudgementSection() {}

  static void write(Html html, Scores scores, List<String> labels) {
    html.open("section").leaf("h2", "Right and wrong");
    html.open("div", "class", "plots");
    confusion(html, ConfusionMatrix.of(scores), labels);
    roc(html, RocCurve.of(scores), labels);
    precisionRecall(html, PrecisionRecallCurve.of(scores), scores, labels);
    calibration(html, Calibration.of(scores, Calibration.BINS), labels.get(1));
    html.close().close();
  }

  private static void confusion(Html html, ConfusionMatrix matrix, List<String> labels) {
    html.open("figure").leaf("figcaption", "Confusion matrix");
    html.open("table", "class", "confusion").open("thead").open("tr").leaf("td", "");
    labels.forEach(label -> html.leaf("th", "taken for " + label, "scope", "col"));
    html.leaf("th", "found", "scope", "col").close().close().open("tbody");
    for (int actual = 0; actual < 2; actual++) {
      html.open("tr").leaf("th", "are " + labels.get(actual), "scope", "row");
      for (int said = 0; said < 2; said++) {
        int count = matrix.counts()[actual][said];
        double share = matrix.actual(actual) == 0 ? 0 : (double) count / matrix.actual(actual);
        html.leaf(
            "td",
            Words.count(count),
            "class",
            actual == said ? "cell right" : "cell wrong",
            "style",
            String.format(Locale.ROOT, "--share:%.0f%%", 12 + 48 * share));
      }
      html.leaf("td", Words.percent(matrix.recall(actual)), "class", "margin").close();
    }
    html.open("tr").leaf("th", "of these right", "scope", "row");
    for (int said = 0; said < 2; said++) {
      html.leaf("td", Words.percent(matrix.precision(said)), "class", "margin");
    }
    html.leaf("td", Words.percent(matrix.accuracy()), "class", "margin all");
    html.close().close().close();
    html.leaf(
        "p",
        "A row is what the pictures are, a column what the head takes them for. It takes "
            + of(matrix.counts()[0][1], matrix.actual(0))
            + " "
            + labels.get(0)
            + " for "
            + labels.get(1)
            + ", and "
            + of(matrix.counts()[1][0], matrix.actual(1))
            + " "
            + labels.get(1)
            + " for "
            + labels.get(0)
            + ". To the right is the share of each row that is found, below the share of each"
            + " column that is right.");
    html.close();
  }

  private static String of(int count, int all) {
    return Words.count(count) + " of " + Words.count(all);
  }

  private static void roc(Html html, RocCurve curve, List<String> labels) {
    html.open("figure").leaf("figcaption", "ROC curve, area " + Words.figure(curve.area()));
    String other = labels.get(0);
    Plot plot =
        new Plot(
            html,
            "ROC curve of area " + Words.figure(curve.area()),
            Axis.share(other + " wrongly taken for " + labels.get(1), 0),
            Axis.share(labels.get(1) + " found", 0));
    plot.straight("chance", 0, 0, 1, 1);
    plot.line("line validation", curve.falsePositives(), curve.truePositives()).end();
    html.leaf(
        "p",
        Double.isNaN(curve.area())
            ? "There is no curve without validation pictures of both classes."
            : "Each point is a threshold above which a picture is taken for "
                + labels.get(1)
                + ". The area is the chance that of one picture of each class, the right one gets"
                + " the greater probability: 0.5 is guessing (dashed), 1 is perfect.");
    html.close();
  }

  private static void precisionRecall(
      Html html, PrecisionRecallCurve curve, Scores scores, List<String> labels) {
    html.open("figure")
        .leaf("figcaption", "Precision and recall, area " + Words.figure(curve.area()));
    String label = labels.get(1);
    Plot plot =
        new Plot(
            html,
            "precision by recall, average precision " + Words.figure(curve.area()),
            Axis.share("recall: " + label + " found", 0),
            Axis.share("precision", 0));
    if (curve.recall().length > 0) {
      double share = (double) scores.count(1) / scores.size();
      plot.straight("chance", 0, share, 1, share);
      plot.line("line validation", curve.recall(), curve.precision());
      if (curve.recall().length == 1) {
        plot.dot("dot validation", curve.recall()[0], curve.precision()[0], 3.5, "");
      }
    }
    plot.end();
    html.leaf(
        "p",
        Double.isNaN(curve.area())
            ? "There is no curve without validation pictures of " + label + "."
            : "Precision is the share of what is taken for "
                + label
                + " that is. It falls as more of them are to be found; guessing stays on the dashed"
                + " line. The area is the average precision.");
    html.close();
  }

  private static void calibration(Html html, Calibration calibration, String label) {
    html.open("figure")
        .leaf("figcaption", "Calibration, expected error " + Words.percent(calibration.error()));
    Plot plot =
        new Plot(
            html,
            "reliability diagram, expected calibration error " + Words.percent(calibration.error()),
            Axis.share("probability of " + label + " that the head says", 0),
            Axis.share("that are " + label, 0));
    int most = calibration.bins().stream().mapToInt(Calibration.Bin::count).max().orElse(0);
    for (Calibration.Bin bin : calibration.bins()) {
      double height = most == 0 ? 0 : COUNT_HEIGHT * bin.count() / most;
      plot.bar("count", bin.from(), bin.to(), height, Words.count(bin.count()) + " pictures");
    }
    plot.straight("chance", 0, 0, 1, 1);
    double[] said = calibration.bins().stream().mapToDouble(Calibration.Bin::said).toArray();
    double[] found = calibration.bins().stream().mapToDouble(Calibration.Bin::found).toArray();
    for (Calibration.Bin bin : calibration.bins()) {
      if (bin.count() > 0) {
        plot.straight("gap", bin.said(), bin.said(), bin.said(), bin.found());
      }
    }
    for (int i = 0; i < said.length; i++) {
      String words =
          String.format(
              Locale.ROOT,
              "%d pictures: said %.0f%%, are %.0f%%",
              calibration.bins().get(i).count(),
              100 * said[i],
              100 * found[i]);
      plot.dot("dot validation", said[i], found[i], 4.5, words);
    }
    plot.end();
    html.leaf(
        "p",
        "Of the pictures that are said to be "
            + label
            + " with a probability of 80%, four in five should be: points belong on the dashed"
            + " line. Grey bars show how many pictures a point stands for. The expected error is"
            + " the mean distance from the line, by pictures.");
    html.close();
  }
}
