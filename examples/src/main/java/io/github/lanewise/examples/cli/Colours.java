package io.github.lanewise.examples.cli;

import java.util.Locale;
import java.util.Map;

/**
 * Emphasis on a terminal, by ANSI's escape sequences.
 *
 * @param on whether there is any
 */
record Colours(boolean on) {

  /** None. */
  static final Colours NONE = new Colours(false);

  private static final String RESET = "\u001b[0m";

  /** Those that standard output can show: none where it is no terminal. */
  static Colours standard() {
    return new Colours(
        Terminal.attached() && wanted(System.getenv(), System.getProperty("os.name", "")));
  }

  /**
   * Whether the user wants them and the terminal knows them: not with {@code NO_COLOR}
   * (no-color.org) or a dumb terminal, and on Windows only where the terminal says that it does.
   */
  static boolean wanted(Map<String, String> environment, String system) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()
        || "dumb".equals(environment.get("TERM"))) {
      return false;
    }
    return !system.toLowerCase(Locale.ROOT).startsWith("windows")
        || environment.containsKey("WT_SESSION")
        || environment.containsKey("ANSICON")
        || environment.containsKey("TERM");
  }

  /** A heading. */
  String heading(String text) {
    return in("\u001b[1m", text);
  }

  /** What is done, or went well. */
  String good(String text) {
    return in("\u001b[32m", text);
  }

  private String in(String start, String text) {
    return on ? start + text + RESET : text;
  }
}
