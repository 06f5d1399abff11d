package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ColoursTest {

  @Test
  void noColorAndDumbTerminalsHaveNone() {
    assertTrue(Colours.wanted(Map.of(), "Linux"));
    assertTrue(Colours.wanted(Map.of("NO_COLOR", ""), "Linux"));
    assertFalse(Colours.wanted(Map.of("NO_COLOR", "1"), "Linux"));
    assertFalse(Colours.wanted(Map.of("TERM", "dumb"), "Linux"));
  }

  @Test
  void onWindowsTheTerminalHasToSaySo() {
    assertFalse(Colours.wanted(Map.of(), "Windows 11"));
    assertTrue(Colours.wanted(Map.of("WT_SESSION", "7"), "Windows 11"));
    assertFalse(Colours.wanted(Map.of("WT_SESSION", "7", "NO_COLOR", "1"), "Windows 11"));
  }

  @Test
  void textIsLeftAloneWhereThereAreNone() {
    assertEquals("a", Colours.NONE.heading("a"));
    assertEquals("\u001b[1ma\u001b[0m", new Colours(true).heading("a"));
  }

  @Test
  void outputThatIsNoTerminalHasNoEscapes() {
    for (String command : new String[] {"--help", "predict --help", "summary --size 75"}) {
      CommandRun run = CommandRun.of((Object[]) command.split(" "));
      assertEquals(0, run.exitCode(), run.err());
      assertFalse(run.out().contains("\u001b"), command);
    }
  }
}
