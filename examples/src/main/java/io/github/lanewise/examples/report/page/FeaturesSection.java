package io.github.lanewise.examples.report.page;

import io.github.lanewise.examples.report.evaluation.ConfusionMatrix;
import io.github.lanewise.examples.report.evaluation.FeatureMap;
import io.github.lanewise.examples.report.evaluation.Interval;
import io.github.lanewise.examples.report.evaluation.Scores;
import io.github.lanewise.examples.transfer.Material;
import io.github.lanewise.examples.transfer.Run;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The features in two dimensions, and the linear classifier that the head must beat. */
final class FeaturesSection {

  /** Points at most, so that they can be told apart. */
  private static final int MOST_POINTS = 1500;

  private FeaturesSection() {}

  static void write(
      Html html, FeatureMap map, @Nullable Scores scores, Material material, List<Run> runs) {
    html.open("section").leaf("h2", "What the features alone tell");
    html.open("div", "class", "plots");
    map(html, map, scores, material);
    comparison(html, map.probe(), scores, runs);
    html.close().close();
  }

  private static void map(Html html, FeatureMap map, @Nullable Scores scores, Material material) {
    List<String> labels = material.pictures().labels();
    html.open("figure").leaf("figcaption", "Map of the features (PCA)");
    Plot plot =
        new Plot(
            html,
            "validation pictures by the two principal components of their features",
            axis(map.x(), "first component", map.explained()[0]),
            axis(map.y(), "second component", map.explained()[1]));
    PictureSource source = new PictureSource(material.pictures().validation());
    int step = (map.x().length + MOST_POINTS - 1) / MOST_POINTS;
    for (int i = 0; scores != null && i < map.x().length; i += step) {
      int label = scores.labels()[i];
      String words = source.name(i) + ": " + labels.get(label);
      if (!scores.right(i)) {
        plot.dot("ring", map.x()[i], map.y()[i], 7, words);
        words += ", taken for " + labels.get(scores.predicted(i));
      }
      if (label == 0) {
        plot.dot("point first", map.x()[i], map.y()[i], 3.5, words);
      } else {
        plot.diamond("point second", map.x()[i], map.y()[i], 4.5, words);
      }
    }
    plot.end();
    html.open("p", "class", "legend");
    html.open("span", "class", "key first").close().text(labels.get(0) + " ");
    html.open("span", "class", "key second").close().text(labels.get(1) + " ");
    html.open("span", "class", "key ringed").close().text("the head is wrong").close();
    html.leaf(
        "p",
        "Each point is a validation picture, placed by the two directions in which the features of "
            + Words.count(map.samples())
            + (map.ofTraining() ? " training pictures" : " validation pictures")
            + " differ most. Where the classes mix here, two directions are not enough to tell them"
            + " apart."
            + (step > 1 ? " One picture in " + step + " is shown." : ""));
    html.close();
  }

  private static Axis axis(double[] values, String component, double share) {
    double least = DoubleStream.of(values).filter(Double::isFinite).min().orElse(0);
    double greatest = DoubleStream.of(values).filter(Double::isFinite).max().orElse(0);
    String title = String.format(Locale.ROOT, "%s, %.1f%% of the variance", component, 100 * share);
    return Axis.around(title, least, greatest);
  }

  private static void comparison(
      Html html, FeatureMap.@Nullable Probe probe, @Nullable Scores scores, List<Run> runs) {
    html.open("figure").leaf("figcaption", "The baseline that the head must beat");
    html.open("table").open("thead").open("tr").leaf("td", "");
    html.leaf("th", "validation accuracy", "scope", "col");
    html.leaf("th", "95% interval", "scope", "col").close().close().open("tbody");
    if (scores != null) {
      ConfusionMatrix matrix = ConfusionMatrix.of(scores);
      for (Run run : runs) {
        String name = run.dropout() == 0 ? "without dropout" : "with dropout " + run.dropout();
        double share = run.history().last("val_accuracy");
        row(html, "head " + name, (int) Math.round(share * matrix.total()), matrix.total());
      }
    }
    if (probe != null) {
      row(html, "linear baseline", probe.right(), probe.total());
    }
    html.close().close();
    if (probe == null) {
      html.leaf(
          "p",
          "With augmentation the features of the training pictures are not kept, so there is no"
              + " linear baseline.");
    } else {
      html.leaf("p", verdict(probe, scores));
      html.leaf(
          "p",
          "The baseline is a ridge regression on the same features, solved in closed form from "
              + Words.count(probe.samples())
              + " training pictures. Its penalty ("
              + Words.rounded(probe.penalty())
              + ") is the one with which each of them is best predicted by all others; validation"
              + " pictures have no part in it.");
    }
    html.close();
  }

  /** Whether the head was worth its training. */
  static String verdict(FeatureMap.Probe probe, @Nullable Scores scores) {
    if (scores == null) {
      return "The head's probabilities are no numbers, so the baseline is better.";
    }
    int ahead = ConfusionMatrix.of(scores).right() - probe.right();
    if (ahead == 0) {
      return "The head with dropout is right as often as the baseline: it does not beat it.";
    }
    Interval interval = Interval.ofShare(probe.right(), probe.total());
    double accuracy = ConfusionMatrix.of(scores).accuracy();
    boolean clear = accuracy < interval.low() || accuracy > interval.high();
    String pictures = Math.abs(ahead) == 1 ? "1 picture" : Math.abs(ahead) + " pictures";
    return (ahead > 0
            ? "The head with dropout beats the baseline by "
            : "The head with dropout does not beat the baseline, it is behind by ")
        + pictures
        + (clear ? "." : ", which so few validation pictures can not tell from chance.");
  }

  private static void row(Html html, String name, int right, int total) {
    Interval interval = Interval.ofShare(right, total);
    html.open("tr")
        .leaf("th", name, "scope", "row")
        .leaf("td", Words.percent((double) right / total))
        .leaf("td", Words.percent(interval.low()) + " to " + Words.percent(interval.high()))
        .close();
  }
}
