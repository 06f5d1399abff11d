package io.github.lanewise.examples.report.page;

import java.util.Locale;

/**
 * A plot as SVG within a page; colours come from the page's style sheet by class. Values outside of
 * the axes are drawn at their ends, and what is no number is left out.
 */
final class Plot {

  private static final int WIDTH = 440;
  private static final int HEIGHT = 300;
  private static final int LEFT = 60;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 46;

  private final Html html;
  private final Axis x;
  private final Axis y;

  /**
   * Begins a plot with its axes.
   *
   * @param description what it shows, for those who do not see it
   */
  Plot(Html html, String description, Axis x, Axis y) {
    this.html = html;
    this.x = x;
    this.y = y;
    html.open(
        "svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", description);
    for (int i = 0; i < x.ticks().length; i++) {
      double at = x(x.ticks()[i]);
      segment("grid", at, TOP, at, HEIGHT - BOTTOM);
      label(x.labels()[i], "middle", at, HEIGHT - BOTTOM + 17, "");
    }
    for (int i = 0; i < y.ticks().length; i++) {
      double at = y(y.ticks()[i]);
      segment("grid", LEFT, at, WIDTH - RIGHT, at);
      label(y.labels()[i], "end", LEFT - 7, at + 4, "");
    }
    segment("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    label(x.title(), "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "");
    double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
    label(y.title(), "middle", 10, middle, "rotate(-90 10 " + number(middle) + ")");
  }

  private double x(double value) {
    return LEFT + clamp(x.position(value)) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - clamp(y.position(value)) * (HEIGHT - TOP - BOTTOM);
  }

  private static double clamp(double position) {
    return Math.min(Math.max(position, 0), 1);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private void segment(String style, double x1, double y1, double x2, double y2) {
    html.open(
            "line",
            "class",
            style,
            "x1",
            number(x1),
            "y1",
            number(y1),
            "x2",
            number(x2),
            "y2",
            number(y2))
        .close();
  }

  private void label(String text, String anchor, double at, double baseline, String transform) {
    html.leaf(
        "text",
        text,
        "text-anchor",
        anchor,
        "x",
        number(at),
        "y",
        number(baseline),
        "transform",
        transform);
  }

  /** A straight line. */
  Plot straight(String style, double x1, double y1, double x2, double y2) {
    segment(style, x(x1), y(y1), x(x2), y(y2));
    return this;
  }

  /** A line through points. */
  Plot line(String style, double[] xs, double[] ys) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < xs.length; i++) {
      boolean finite = Double.isFinite(xs[i]) && Double.isFinite(ys[i]);
      if (finite) {
        path.append(drawing ? "L" : "M")
            .append(number(x(xs[i])))
            .append(' ')
            .append(number(y(ys[i])));
      }
      drawing = finite;
    }
    html.open("path", "class", style, "d", path.toString()).close();
    return this;
  }

  /**
   * A point.
   *
   * @param radius in pixels
   * @param words shown when pointed at
   */
  Plot dot(String style, double atX, double atY, double radius, String words) {
    if (Double.isFinite(atX) && Double.isFinite(atY)) {
      html.open(
              "circle",
              "class",
              style,
              "cx",
              number(x(atX)),
              "cy",
              number(y(atY)),
              "r",
              number(radius))
          .leaf("title", words)
          .close();
    }
    return this;
  }

  /**
   * A point that is no circle.
   *
   * @param radius half its width in pixels
   * @param words shown when pointed at
   */
  Plot diamond(String style, double atX, double atY, double radius, String words) {
    if (Double.isFinite(atX) && Double.isFinite(atY)) {
      double cx = x(atX);
      double cy = y(atY);
      String path =
          String.format(
              Locale.ROOT,
              "M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fZ",
              cx - radius,
              cy,
              cx,
              cy - radius,
              cx + radius,
              cy,
              cx,
              cy + radius);
      html.open("path", "class", style, "d", path).leaf("title", words).close();
    }
    return this;
  }

  /** A bar that stands on the x axis. */
  Plot bar(String style, double fromX, double toX, double height, String words) {
    double top = y(height);
    html.open(
            "rect",
            "class",
            style,
            "x",
            number(x(fromX) + 1),
            "y",
            number(top),
            "width",
            number(x(toX) - x(fromX) - 2),
            "height",
            number(HEIGHT - BOTTOM - top))
        .leaf("title", words)
        .close();
    return this;
  }

  /** Ends the plot. */
  void end() {
    html.close();
  }
}
