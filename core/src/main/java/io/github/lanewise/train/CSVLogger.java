package io.github.lanewise.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/** Writes each epoch's figures as a line of a CSV file: epoch from 0, then the figures by name. */
public final class CSVLogger implements Callback {

  private final Path file;
  private final StringBuilder written = new StringBuilder();
  private char separator = ',';
  private boolean append;

  /** A log in this file, which is overwritten when training begins. */
  public CSVLogger(Path file) {
    this.file = file;
  }

  /** What is between the values of a line; default a comma. */
  public CSVLogger separator(char separator) {
    this.separator = separator;
    return this;
  }

  /**
   * Whether lines are added to what the file holds, under the names that it has in its first line;
   * default false.
   */
  public CSVLogger append(boolean append) {
    this.append = append;
    return this;
  }

  @Override
  public void onTrainBegin(CompiledModel model) {
    written.setLength(0);
    if (append && Files.exists(file)) {
      written.append(read());
      if (!written.isEmpty() && written.charAt(written.length() - 1) != '\n') {
        written.append('\n');
        write("\n", StandardOpenOption.APPEND);
      }
    } else {
      writeAll();
    }
  }

  private void writeAll() {
    write(
        written.toString(),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  @Override
  public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
    Map<String, Double> sorted = new TreeMap<>(logs);
    StringBuilder line = new StringBuilder();
    if (written.isEmpty()) {
      line.append("epoch");
      sorted.keySet().forEach(name -> line.append(separator).append(name));
      line.append('\n');
    }
    line.append(epoch);
    sorted.values().forEach(value -> line.append(separator).append(value));
    line.append('\n');
    written.append(line);
    write(line.toString(), StandardOpenOption.APPEND);
  }

  @Override
  public SavedState state() {
    return new SavedState().put("written", written.toString());
  }

  @Override
  public void setState(SavedState state) {
    written.setLength(0);
    written.append(state.text("written"));
    writeAll();
  }

  private String read() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("CSVLogger: can not read " + file + ": " + e, e);
    }
  }

  private void write(String text, StandardOpenOption... options) {
    try {
      Files.writeString(file, text, options);
    } catch (IOException e) {
      throw new UncheckedIOException("CSVLogger: can not write " + file + ": " + e, e);
    }
  }
}
