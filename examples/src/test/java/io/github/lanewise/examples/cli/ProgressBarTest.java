package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private static final long SECOND = 1_000_000_000;

  private final StringWriter text = new StringWriter();
  private long now;

  private ProgressBar bar(boolean terminal) {
    return new ProgressBar(new PrintWriter(text, true), terminal, Colours.NONE, () -> now);
  }

  @Test
  void theBarShowsTheShareThatIsDone() {
    assertEquals("[>...................]", ProgressBar.bar(0, 50));
    assertEquals("[==========>.........]", ProgressBar.bar(25, 50));
    assertEquals("[====================]", ProgressBar.bar(50, 50));
    assertEquals("[====================]", ProgressBar.bar(0, 0));
  }

  @Test
  void durationsAreReadable() {
    assertEquals("0.8s", ProgressBar.duration(0.8));
    assertEquals("9.9s", ProgressBar.duration(9.94));
    assertEquals("10s", ProgressBar.duration(9.96));
    assertEquals("1:00", ProgressBar.duration(59.6));
    assertEquals("3:07", ProgressBar.duration(187));
  }

  @Test
  void aTerminalSeesBarAndTimeLeftInOneLine() {
    ProgressBar bar = bar(true);
    bar.start(0);
    now = 2 * SECOND;
    bar.show("10/50 ", 10, 50, " - loss: 0.5");
    assertEquals("\r10/50 [====>...............] - ETA: 8.0s - loss: 0.5", text.toString());
  }

  @Test
  void coloursDoNotCountForTheWidthOfALine() {
    ProgressBar bar =
        new ProgressBar(new PrintWriter(text, true), true, new Colours(true), () -> now);
    bar.start(0);
    now = 2 * SECOND;
    bar.show("", 10, 50, "");
    bar.end("done");
    String drawn = "[\u001b[32m====\u001b[0m>...............] - ETA: 8.0s";
    String line = "[====>...............] - ETA: 8.0s";
    String blank = " ".repeat(line.length() - "done".length());
    assertEquals("\r" + drawn + "\rdone" + blank, text.toString().stripTrailing() + blank);
  }

  @Test
  void theTimeLeftDoesNotCountWhatWasThereBefore() {
    ProgressBar bar = bar(true);
    bar.start(40);
    now = 2 * SECOND;
    bar.show("", 50, 100, "");
    assertEquals("\r[==========>.........] - ETA: 10s", text.toString());
  }

  @Test
  void aShorterLineOverwritesALongerOneWholly() {
    ProgressBar bar = bar(true);
    bar.start(0);
    now = SECOND;
    bar.show("", 1, 2, " - loss: 0.5");
    int length = text.toString().length() - 1;
    bar.end("done");
    String last = text.toString().substring(length + 1);
    assertEquals("\rdone" + " ".repeat(length - 4) + System.lineSeparator(), last);
  }

  @Test
  void itIsNotRedrawnMoreOftenThanTenTimesASecond() {
    ProgressBar bar = bar(true);
    bar.start(0);
    bar.show("", 1, 100, "");
    int length = text.toString().length();
    now = SECOND / 20;
    bar.show("", 2, 100, "");
    assertEquals(length, text.toString().length());
  }

  @Test
  void elsewhereOnlyTheLastLineIsPrinted() {
    ProgressBar bar = bar(false);
    bar.start(0);
    now = SECOND;
    bar.show("1/2 ", 1, 2, "");
    bar.end("done");
    assertEquals("done" + System.lineSeparator(), text.toString());
  }
}
