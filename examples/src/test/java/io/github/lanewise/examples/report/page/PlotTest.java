package io.github.lanewise.examples.report.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotTest {

  private static final double NAN = Double.NaN;

  /** The axes' corner is at (60, 254), their other ends at (426, 12). */
  private static String path(double[] xs, double[] ys) {
    Html html = new Html();
    new Plot(html, "", Axis.share("x", 0), Axis.share("y", 0)).line("line", xs, ys).end();
    return html.document().replaceAll("(?s).*class=\"line\" d=\"([^\"]*)\".*", "$1");
  }

  @Test
  void aLineGoesFromTheCornerOfTheAxesToTheirEnds() {
    assertEquals(
        "M60.0 254.0L243.0 133.0L426.0 12.0",
        path(new double[] {0, 0.5, 1}, new double[] {0, 0.5, 1}));
  }

  @Test
  void whatIsNoNumberIsAGapAndWhatIsOutsideIsAtTheEnd() {
    assertEquals(
        "M60.0 254.0M426.0 12.0", path(new double[] {0, 0.5, 1}, new double[] {0, NAN, 7}));
    Html html = new Html();
    Plot plot = new Plot(html, "", Axis.share("x", 0), Axis.share("y", 0));
    plot.dot("dot", NAN, 0, 1, "").diamond("dot", 0, NAN, 1, "").end();
    assertFalse(html.document().contains("class=\"dot\""));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.7, 0, 0.8, 0.2", "-3, 17, -5, 20, 5", "2, 4000, 0, 4000, 1000"})
  void ticksAreRoundAndHoldAllValues(
      double least, double greatest, double from, double to, double step) {
    Axis axis = Axis.around("", least, greatest);
    assertEquals(from, axis.from(), 1e-9);
    assertEquals(to, axis.to(), 1e-9);
    assertEquals(step, axis.ticks()[1] - axis.ticks()[0], 1e-9);
  }

  @Test
  void valuesThatAreAllTheSameOrEndlessHaveAnAxisToo() {
    assertTrue(Axis.around("", 3, 3).from() < 3 && Axis.around("", 3, 3).to() > 3);
    assertTrue(Axis.around("", 0, Double.POSITIVE_INFINITY).to() > 0);
    assertTrue(Double.isFinite(Axis.around("", 0, 1e38).to()));
  }

  @Test
  void epochsAreMarkedAtWholeNumbers() {
    assertArrayEquals(new double[] {1}, Axis.epochs(1).ticks());
    assertArrayEquals(new String[] {"1", "2", "3"}, Axis.epochs(3).labels());
    assertEquals(10, Axis.epochs(100).ticks().length);
    assertEquals(0.5, Axis.epochs(1).position(1));
  }
}
