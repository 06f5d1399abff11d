package io.github.lanewise.examples.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A bar with the time left, as Keras draws it, redrawn in its line on a terminal. Elsewhere only
 * last lines are printed.
 */
final class ProgressBar {

  private static final int CELLS = 20;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintWriter out;
  private final boolean terminal;
  private final Colours colours;
  private final LongSupplier nanos;
  private long start;
  private long drawn;
  private long first;
  private int width;

  /**
   * A bar.
   *
   * @param terminal whether lines can be redrawn
   * @param colours of the bar
   * @param nanos the clock
   */
  ProgressBar(PrintWriter out, boolean terminal, Colours colours, LongSupplier nanos) {
    this.out = out;
    this.terminal = terminal;
    this.colours = colours;
    this.nanos = nanos;
  }

  /**
   * Begins a bar.
   *
   * @param done what is done already, and does not count for the time left
   */
  void start(long done) {
    start = nanos.getAsLong();
    drawn = start - REDRAW_NANOS;
    first = done;
    width = 0;
  }

  /**
   * Shows how far it is.
   *
   * @param head before the bar
   * @param total -1 where it is not known
   * @param tail behind it
   */
  void show(String head, long done, long total, String tail) {
    long now = nanos.getAsLong();
    if (!terminal || (now - drawn < REDRAW_NANOS && done != total)) {
      return;
    }
    drawn = now;
    String left = total < 0 ? "" : bar(done, total) + " - ETA: " + left(now, done, total);
    redraw(head + left + tail);
  }

  private String left(long now, long done, long total) {
    if (done <= first) {
      return "?";
    }
    return duration((now - start) / 1e9 / (done - first) * (total - done));
  }

  /** Ends the bar with a line that stays. */
  void end(String line) {
    if (terminal) {
      redraw(line);
    } else {
      out.print(line);
    }
    out.println();
    out.flush();
    width = 0;
  }

  /** Seconds since {@link #start}, in words. */
  String elapsed() {
    return duration((nanos.getAsLong() - start) / 1e9);
  }

  private void redraw(String line) {
    out.print("\r" + coloured(line) + " ".repeat(Math.max(0, width - line.length())));
    out.flush();
    width = line.length();
  }

  /** The line with the finished part of its bar coloured. */
  private String coloured(String line) {
    int from = line.indexOf("[=") + 1;
    if (from == 0) {
      return line;
    }
    int to = from;
    while (line.charAt(to) == '=') {
      to++;
    }
    return line.substring(0, from) + colours.good(line.substring(from, to)) + line.substring(to);
  }

  /** A bar: {@code [=====>....]}. */
  static String bar(long done, long total) {
    int full = total == 0 ? CELLS : (int) (CELLS * done / total);
    StringBuilder bar = new StringBuilder("[").append("=".repeat(full));
    if (full < CELLS) {
      bar.append('>').append(".".repeat(CELLS - full - 1));
    }
    return bar.append(']').toString();
  }

  /** A duration in words: {@code 0.8s}, {@code 42s}, {@code 3:07}. */
  static String duration(double seconds) {
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1fs", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 60 ? whole + "s" : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
