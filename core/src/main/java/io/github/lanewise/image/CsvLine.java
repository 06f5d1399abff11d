package io.github.lanewise.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a CSV file as RFC 4180 has it: fields by commas, which may be quoted, with doubled
 * quotes in them. Empty lines are left out, and so is a byte order mark.
 *
 * @param number of the line in the file, from 1; the first, where quotes go over several
 * @param fields without their quotes
 */
record CsvLine(int number, List<String> fields) {

  /**
   * The lines of a file.
   *
   * @throws IOException if a quote is not closed, or followed by more than a comma
   */
  static List<CsvLine> parse(Path file, String text) throws IOException {
    List<CsvLine> lines = new ArrayList<>();
    int at = text.startsWith("\uFEFF") ? 1 : 0;
    int number = 1;
    while (at < text.length()) {
      CsvLine line = new CsvLine(number, new ArrayList<>());
      int start = at;
      at = Math.min(line.take(file, text, at), text.length());
      for (int i = start; i < at; i++) {
        number += text.charAt(i) == '\n' ? 1 : 0;
      }
      if (!line.fields.equals(List.of(""))) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** Adds the fields from here to the end of the line, after which the next begins. */
  private int take(Path file, String text, int from) throws IOException {
    int at = from;
    while (true) {
      StringBuilder field = new StringBuilder();
      if (at < text.length() && text.charAt(at) == '"') {
        at = quoted(file, text, at + 1, field);
      } else {
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
          field.append(text.charAt(at++));
        }
      }
      fields.add(field.toString());
      if (text.startsWith("\r\n", at)) {
        return at + 2;
      }
      if (at == text.length() || text.charAt(at) != ',') {
        return at + 1;
      }
      at++;
    }
  }

  private int quoted(Path file, String text, int from, StringBuilder field) throws IOException {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        field.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        field.append(text.charAt(at++));
      } else if (at == text.length() || ",\r\n".indexOf(text.charAt(at)) >= 0) {
        return at;
      } else {
        throw failure(file, "expected a comma after a quoted field, found " + text.charAt(at));
      }
    }
    throw failure(file, "expected a closing quote, found the end of the file");
  }

  IOException failure(Path file, String reason) {
    return new IOException(file + ":" + number + ": " + reason);
  }
}
