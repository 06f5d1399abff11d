package io.github.lanewise.examples.report.page;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML as it is written, with SVG within. Texts and values of attributes are escaped; names of tags
 * and attributes are the caller's own.
 */
final class Html {

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  Html open(String tag, String... attributes) {
    single(tag, attributes);
    open.push(tag);
    return this;
  }

  /** Closes the element that was opened last. */
  Html close() {
    text.append("</").append(open.pop()).append('>');
    if (open.size() < 4) {
      text.append('\n');
    }
    return this;
  }

  /** An element that never has content, such as {@code img}. */
  Html single(String tag, String... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("Html, " + tag + ": expected names and values in turn");
    }
    text.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      text.append('"');
    }
    text.append('>');
    return this;
  }

  /** An element with a text. */
  Html leaf(String tag, String content, String... attributes) {
    return open(tag, attributes).text(content).close();
  }

  /** A text. */
  Html text(String content) {
    escape(content);
    return this;
  }

  /**
   * A style sheet, as it is.
   *
   * @throws IllegalArgumentException if it would end its element
   */
  Html style(String css) {
    if (css.contains("</")) {
      throw new IllegalArgumentException("Html: a style sheet can not hold </");
    }
    text.append("<style>\n").append(css).append("</style>\n");
    return this;
  }

  private void escape(String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        case '\'' -> text.append("&#39;");
        default -> text.append(Character.isISOControl(c) && c != '\n' ? '\ufffd' : c);
      }
    }
  }

  /**
   * The whole document.
   *
   * @throws IllegalStateException if an element is still open
   */
  String document() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Html: still open: " + open);
    }
    return "<!DOCTYPE html>\n" + text;
  }
}
