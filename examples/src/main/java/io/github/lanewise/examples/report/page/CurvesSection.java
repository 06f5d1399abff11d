package io.github.lanewise.examples.report.page;

import io.github.lanewise.examples.transfer.Run;
import io.github.lanewise.train.History;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Accuracy and loss by epoch, without dropout and with it. */
final class CurvesSection {

  private CurvesSection() {}

  static void write(Html html, List<Run> runs) {
    html.open("section")
        .leaf("h2", "Learning, without dropout and with")
        .leaf(
            "p",
            "The same head was trained twice from the same initial weights. Where the training"
                + " curve runs away from the validation curve, the head learns its training pictures"
                + " by heart. Dropout, which switches off a random share of its hidden units in"
                + " each step, is meant to slow that down.");
    if (runs.size() > 2) {
      html.leaf(
          "p",
          "Then the upper layers of the trunk were retrained together with the second head, in"
              + " small steps. What follows judges that head as it was before.");
    }
    html.open("p", "class", "legend");
    html.open("span", "class", "key training").close().text("training pictures ");
    html.open("span", "class", "key validation").close().text("validation pictures").close();
    html.open("div", "class", "plots");
    for (String figure : List.of("accuracy", "loss")) {
      Axis y = axis(figure, runs);
      for (Run run : runs) {
        panel(html, run, figure, y);
      }
    }
    html.close().close();
  }

  private static Axis axis(String figure, List<Run> runs) {
    double[] values =
        runs.stream()
            .map(Run::history)
            .flatMap(h -> Stream.of(h.get(figure), h.get("val_" + figure)))
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .toArray();
    double least = DoubleStream.of(values).min().orElse(0);
    if (figure.equals("accuracy")) {
      return Axis.share(figure, Math.min(0.5, Math.floor(least * 10) / 10));
    }
    return Axis.around(figure, 0, DoubleStream.of(values).max().orElse(1));
  }

  private static void panel(Html html, Run run, String figure, Axis y) {
    History history = run.history();
    String name = run.title();
    html.open("figure").leaf("figcaption", figure + ", " + name);
    Plot plot = new Plot(html, figure + " by epoch, " + name, Axis.epochs(history.epochs()), y);
    series(plot, "training", history.get(figure));
    series(plot, "validation", history.get("val_" + figure));
    plot.end();
    html.close();
  }

  private static void series(Plot plot, String style, List<Double> values) {
    double[] epochs = IntStream.rangeClosed(1, values.size()).asDoubleStream().toArray();
    double[] figures = values.stream().mapToDouble(Double::doubleValue).toArray();
    plot.line("line " + style, epochs, figures);
    for (int i = 0; i < figures.length; i++) {
      String words = String.format(Locale.ROOT, "%s, epoch %d: %.4f", style, i + 1, figures[i]);
      plot.dot("dot " + style, epochs[i], figures[i], figures.length > 40 ? 1.5 : 3.5, words);
    }
  }
}
