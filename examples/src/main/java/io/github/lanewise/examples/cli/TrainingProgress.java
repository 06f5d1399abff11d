package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.download.Transfer;
import io.github.lanewise.examples.transfer.TrainingListener;
import io.github.lanewise.train.Callback;
import io.github.lanewise.train.CompiledModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Training as Keras shows it: a bar on a terminal, a line an epoch elsewhere. */
final class TrainingProgress implements TrainingListener {

  private static final double MEGABYTE = 1e6;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Colours colours;
  private final ProgressBar bar;

  TrainingProgress(
      PrintWriter out, PrintWriter err, boolean terminal, Colours colours, LongSupplier nanos) {
    this.out = out;
    this.err = err;
    this.colours = colours;
    this.bar = new ProgressBar(out, terminal, colours, nanos);
  }

  @Override
  public void stage(String what) {
    out.println(colours.heading(what));
    out.flush();
  }

  @Override
  public void featuresBegin(String which, int total) {
    bar.start(0);
  }

  @Override
  public void features(String which, int done, int total) {
    bar.show(done + "/" + total + " " + which + " pictures ", done, total, "");
  }

  @Override
  public void featuresEnd(String which, int done, int total) {
    bar.end(done + " of " + total + " " + which + " pictures through the trunk - " + bar.elapsed());
  }

  @Override
  public synchronized void unreadable(Path file, String reason) {
    err.println(file + ": " + reason + "; left out");
    err.flush();
  }

  /** The listener of one download. */
  Transfer transfer(String name) {
    return new Transfer() {
      private boolean started;

      @Override
      public void progressed(long bytes, long total) {
        if (!started) {
          started = true;
          stage("Fetching " + name);
          bar.start(bytes);
        }
        String size = String.format(Locale.ROOT, "%.1f MB ", bytes / MEGABYTE);
        if (bytes == total) {
          bar.end(size + "in " + bar.elapsed());
        } else {
          bar.show(size, bytes, total, "");
        }
      }
    };
  }

  @Override
  public Callback epochs(int epochs) {
    return new Callback() {
      private String head = "";

      @Override
      public void onEpochBegin(CompiledModel model, int epoch) {
        head = "Epoch " + (epoch + 1) + "/" + epochs + " ";
        bar.start(0);
      }

      @Override
      public void onBatchEnd(
          CompiledModel model, int batch, int batches, Map<String, Double> logs) {
        bar.show(head, batch + 1, batches, figures(logs));
      }

      @Override
      public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
        bar.end(head + "- " + bar.elapsed() + figures(logs));
      }
    };
  }

  /** Figures as Keras prints them: {@code - loss: 0.6931 - accuracy: 0.5000}. */
  static String figures(Map<String, Double> logs) {
    return logs.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, " - %s: %.4f", e.getKey(), e.getValue()))
        .collect(Collectors.joining());
  }
}
