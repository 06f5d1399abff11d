package io.github.lanewise.examples.report;

import io.github.lanewise.train.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The picture of two trainings side by side, without and with dropout: accuracy above, loss below,
 * each for the training and the validation pictures. Panels of a row have one scale.
 */
public final class Curves {

  /** Width of the picture in pixels. */
  public static final int WIDTH = 1280;

  /** Height of the picture in pixels. */
  public static final int HEIGHT = 880;

  private static final int TITLE_HEIGHT = 40;
  private static final int PANEL_WIDTH = WIDTH / 2;
  private static final int PANEL_HEIGHT = (HEIGHT - TITLE_HEIGHT) / 2;
  private static final Color TRAINING = new Color(0x1f77b4);
  private static final Color VALIDATION = new Color(0xd62728);
  private static final Color GRID = new Color(0xe4e4e4);
  private static final int MOST_TICKS = 12;

  private Curves() {}

  /**
   * Draws the picture.
   *
   * @param title above it all
   * @param columns the names of the two trainings
   * @param histories their figures: loss and accuracy, of training and validation
   */
  public static BufferedImage draw(String title, List<String> columns, List<History> histories) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, WIDTH, HEIGHT);
      g.setColor(Color.DARK_GRAY);
      g.setFont(font(Font.BOLD, 18));
      int x = (WIDTH - g.getFontMetrics().stringWidth(title)) / 2;
      g.drawString(title, x, TITLE_HEIGHT - 10);
      List<String> figures = List.of("accuracy", "loss");
      for (int row = 0; row < figures.size(); row++) {
        String figure = figures.get(row);
        double top = figure.equals("accuracy") ? 1 : largest(figure, histories);
        double bottom = figure.equals("accuracy") ? smallest(figure, histories) : 0;
        for (int column = 0; column < columns.size(); column++) {
          XYChart chart = panel(columns.get(column), figure, histories.get(column), bottom, top);
          Graphics2D part =
              (Graphics2D)
                  g.create(
                      column * PANEL_WIDTH,
                      TITLE_HEIGHT + row * PANEL_HEIGHT,
                      PANEL_WIDTH,
                      PANEL_HEIGHT);
          chart.paint(part, PANEL_WIDTH, PANEL_HEIGHT);
          part.dispose();
        }
      }
    } finally {
      g.dispose();
    }
    return image;
  }

  private static DoubleStream values(String figure, List<History> histories) {
    return histories.stream()
        .flatMap(h -> Stream.of(h.get(figure), h.get("val_" + figure)))
        .flatMap(List::stream)
        .mapToDouble(Double::doubleValue)
        .filter(Double::isFinite);
  }

  /** A round number at or above the largest of a figure. */
  private static double largest(String figure, List<History> histories) {
    double largest = values(figure, histories).max().orElse(1);
    double step = Math.pow(10, Math.floor(Math.log10(Math.max(largest, 1e-3))));
    return Math.ceil(largest / step * 2) * step / 2;
  }

  /** A tenth at or below the smallest of a figure, 0.5 at most. */
  private static double smallest(String figure, List<History> histories) {
    double smallest = values(figure, histories).min().orElse(0);
    return Math.min(0.5, Math.floor(smallest * 10) / 10);
  }

  private static XYChart panel(
      String column, String figure, History history, double bottom, double top) {
    XYChart chart =
        new XYChartBuilder()
            .width(PANEL_WIDTH)
            .height(PANEL_HEIGHT)
            .title(column + ": " + figure)
            .xAxisTitle("epoch")
            .yAxisTitle(figure)
            .build();
    style(chart.getStyler(), history.epochs(), figure.equals("accuracy"));
    chart.getStyler().setYAxisMin(bottom);
    chart.getStyler().setYAxisMax(top);
    series(chart, "training", history.get(figure), TRAINING);
    series(chart, "validation", history.get("val_" + figure), VALIDATION);
    return chart;
  }

  private static void series(XYChart chart, String name, List<Double> values, Color color) {
    double[] epochs = IntStream.rangeClosed(1, values.size()).asDoubleStream().toArray();
    double[] finite =
        values.stream().mapToDouble(v -> Double.isFinite(v) ? v : Double.NaN).toArray();
    XYSeries series = chart.addSeries(name, epochs, finite);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(2.5f));
    series.setMarkerColor(color);
    series.setMarker(values.size() > 40 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
  }

  private static void style(XYStyler styler, int epochs, boolean legendBelow) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setChartTitleFont(font(Font.BOLD, 16));
    styler.setChartTitleBoxVisible(false);
    styler.setAxisTitleFont(font(Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 13));
    styler.setLegendFont(font(Font.PLAIN, 13));
    styler.setLegendPosition(
        legendBelow ? Styler.LegendPosition.InsideSE : Styler.LegendPosition.InsideNE);
    styler.setLegendBorderColor(GRID);
    styler.setMarkerSize(7);
    styler.setXAxisMin(1.0);
    styler.setXAxisMax((double) Math.max(2, epochs));
    styler.setXAxisDecimalPattern("0");
    styler.setXAxisMaxLabelCount(Math.min(MOST_TICKS, Math.max(2, epochs)));
    styler.setYAxisDecimalPattern("0.00");
    styler.setAntiAlias(true);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
