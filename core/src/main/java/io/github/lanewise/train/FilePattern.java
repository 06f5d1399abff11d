package io.github.lanewise.train;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's name with figures in it, in the part of Python's format that checkpoints need: <code>
 * {epoch}</code>, <code>{epoch:02d}</code>, <code>{val_loss:.2f}</code>, <code>{loss:.1e}</code>.
 */
final class FilePattern {

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(?::(\\d*)(\\.\\d+)?([dfe]))?\\}");

  private final String pattern;

  /**
   * A pattern.
   *
   * @throws IllegalArgumentException if something else is in braces
   */
  FilePattern(String pattern) {
    this.pattern = pattern;
    String rest = PLACE.matcher(pattern).replaceAll("");
    if (rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "file: expected braces as in {epoch:02d} or {val_loss:.2f}, found " + pattern);
    }
  }

  /**
   * The name.
   *
   * @throws IllegalArgumentException if there is no such figure, or it is no whole number and is to
   *     be written as one
   */
  String with(Map<String, ? extends Number> figures) {
    return PLACE
        .matcher(pattern)
        .replaceAll(place -> Matcher.quoteReplacement(value(place, figures)));
  }

  private String value(MatchResult place, Map<String, ? extends Number> figures) {
    Number figure = figures.get(place.group(1));
    String type = place.group(4);
    if (figure == null || ("d".equals(type) && figure instanceof Double)) {
      throw new IllegalArgumentException(
          "file: "
              + pattern
              + ": expected "
              + (figure == null ? "one of " + figures.keySet() : "a figure that is whole")
              + ", found "
              + place.group());
    }
    if (type == null) {
      return figure.toString();
    }
    String precision = place.group(3) == null ? "" : place.group(3);
    Object argument = type.equals("d") ? figure : (Object) figure.doubleValue();
    return String.format(Locale.ROOT, "%" + place.group(2) + precision + type, argument);
  }
}
