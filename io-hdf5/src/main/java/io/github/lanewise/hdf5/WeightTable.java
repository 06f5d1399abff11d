package io.github.lanewise.hdf5;

import io.github.lanewise.model.WeightException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What does not fit between a model and a file, a row for each weight. */
final class WeightTable {

  private static final String NONE = "-";
  private static final List<String> HEADER =
      List.of("model layer", "file layer", "weight", "expected", "found");

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; what the model or the file does not have is null. */
  void add(
      @Nullable String modelLayer,
      @Nullable String fileLayer,
      String weight,
      @Nullable String expected,
      @Nullable String found) {
    rows.add(
        List.of(
            modelLayer == null ? NONE : modelLayer,
            fileLayer == null ? NONE : fileLayer,
            weight,
            expected == null ? "nothing" : expected,
            found == null ? "nothing" : found));
  }

  /** The number of rows. */
  int rows() {
    return rows.size();
  }

  /**
   * Fails with all rows.
   *
   * @param path the file
   * @param reason what is wrong on the whole
   * @throws WeightException unless there are no rows
   */
  void requireEmpty(Path path, String reason) {
    if (!rows.isEmpty()) {
      throw new WeightException(path + ": " + reason + "\n" + this);
    }
  }

  @Override
  public String toString() {
    int[] widths = new int[HEADER.size()];
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    lines.addAll(rows);
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder cells = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        cells.append("  ").append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length()));
      }
      text.append(text.isEmpty() ? "" : "\n").append(cells.toString().stripTrailing());
    }
    return text.toString();
  }
}
