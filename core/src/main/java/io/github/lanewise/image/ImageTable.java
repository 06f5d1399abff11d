package io.github.lanewise.image;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with the path and the class of a picture in each line, as Keras's {@code
 * flow_from_dataframe} reads a table of the same columns. Its first line names the columns; fields
 * may be quoted as in RFC 4180. Samples go by line. Classes are numbered in the order of their
 * names unless {@link Builder#classes} says otherwise. That a picture is missing shows when it is
 * read: it is then reported and left out.
 */
public final class ImageTable extends ImageFiles {

  private ImageTable(
      List<String> classNames,
      List<Path> files,
      List<Integer> labels,
      Builder options,
      ClassMode mode) {
    super(classNames, files, labels, options, mode);
  }

  /**
   * Pictures of a CSV file in UTF-8, each resized to {@code height} x {@code width}.
   *
   * @throws IllegalArgumentException if a size is less than 1
   */
  public static Builder of(Path csv, int height, int width) {
    return new Builder(csv, height, width);
  }

  /** Options of an {@link ImageTable}. */
  public static final class Builder extends Options<Builder> {

    private final Path csv;
    private Path directory;
    private String xCol = "filename";
    private String yCol = "class";
    private @Nullable List<String> classes;

    private Builder(Path csv, int height, int width) {
      super("ImageTable", height, width);
      this.csv = csv;
      this.directory = csv.resolveSibling("");
    }

    private Builder(Builder other) {
      super(other);
      csv = other.csv;
      directory = other.directory;
      xCol = other.xCol;
      yCol = other.yCol;
      classes = other.classes;
    }

    @Override
    Builder self() {
      return this;
    }

    /** What paths are relative to; the directory of the CSV file by default. */
    public Builder directory(Path directory) {
      this.directory = directory;
      return this;
    }

    /** The name of the column of paths; {@code filename} by default. */
    public Builder xCol(String xCol) {
      this.xCol = xCol;
      return this;
    }

    /** The name of the column of classes; {@code class} by default. */
    public Builder yCol(String yCol) {
      this.yCol = yCol;
      return this;
    }

    /** All classes in the order of their numbers; by default those in the file, sorted. */
    public Builder classes(List<String> classes) {
      this.classes = List.copyOf(classes);
      return this;
    }

    /**
     * Reads the CSV file.
     *
     * @throws IOException if it is missing, has no such columns, a line that is not like the first
     *     or of a class that is not among {@link #classes}, or less than two classes, or not the
     *     two that binary targets need; the message names the file and, where one is at fault, the
     *     line
     */
    public ImageTable open() throws IOException {
      List<CsvLine> lines = lines();
      if (lines.isEmpty()) {
        throw new IOException(csv + ": expected a first line with column names, found none");
      }
      CsvLine header = lines.get(0);
      int x = column(header, xCol);
      int y = column(header, yCol);
      List<Path> files = new ArrayList<>();
      List<String> found = new ArrayList<>();
      for (CsvLine line : lines.subList(1, lines.size())) {
        if (line.fields().size() != header.fields().size()) {
          throw line.failure(
              csv, "expected " + header.fields().size() + " fields, found " + line.fields().size());
        }
        files.add(path(line, x));
        found.add(field(line, y, yCol));
      }
      List<String> names = classes == null ? List.copyOf(new TreeSet<>(found)) : classes;
      ClassMode mode = classMode(names.size());
      if (names.size() < 2 || mode == null) {
        throw new IOException(
            csv
                + (mode == null
                    ? ": expected 2 classes for binary targets"
                    : ": expected 2 or more")
                + (mode == null ? ", found " : " classes, found ")
                + names);
      }
      List<Integer> labels = new ArrayList<>();
      for (int i = 0; i < found.size(); i++) {
        int label = names.indexOf(found.get(i));
        if (label < 0) {
          throw lines
              .get(i + 1)
              .failure(csv, "expected one of the classes " + names + ", found " + found.get(i));
        }
        labels.add(label);
      }
      return new ImageTable(names, files, labels, new Builder(this), mode);
    }

    private List<CsvLine> lines() throws IOException {
      try {
        return CsvLine.parse(csv, Files.readString(csv));
      } catch (NoSuchFileException e) {
        throw new NoSuchFileException(csv.toString(), null, "no such file");
      } catch (CharacterCodingException e) {
        throw new IOException(csv + ": expected text in UTF-8", e);
      }
    }

    private int column(CsvLine header, String name) throws IOException {
      int column = header.fields().indexOf(name);
      if (column < 0) {
        throw header.failure(csv, "expected a column '" + name + "', found " + header.fields());
      }
      return column;
    }

    private String field(CsvLine line, int column, String name) throws IOException {
      String field = line.fields().get(column);
      if (field.isEmpty()) {
        throw line.failure(csv, "expected a value in column '" + name + "', found none");
      }
      return field;
    }

    private Path path(CsvLine line, int column) throws IOException {
      String field = field(line, column, xCol);
      try {
        return directory.resolve(field);
      } catch (InvalidPathException e) {
        throw line.failure(csv, "expected a path, found '" + field + "'");
      }
    }
  }
}
