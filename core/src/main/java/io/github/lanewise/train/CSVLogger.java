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

  /** A log in this file, which is overwritten when training begins. */
  public CSVLogger(Path file) {
    this.file = file;
  }

  @Override
  public void onTrainBegin(CompiledModel model) {
    write(
        "",
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  @Override
  public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
    Map<String, Double> sorted = new TreeMap<>(logs);
    StringBuilder line = new StringBuilder();
    if (epoch == 0) {
      line.append("epoch");
      sorted.keySet().forEach(name -> line.append(',').append(name));
      line.append('\n');
    }
    line.append(epoch);
    sorted.values().forEach(value -> line.append(',').append(value));
    write(line.append('\n').toString(), StandardOpenOption.APPEND);
  }

  private void write(String text, StandardOpenOption... options) {
    try {
      Files.writeString(file, text, options);
    } catch (IOException e) {
      throw new UncheckedIOException("CSVLogger: can not write " + file + ": " + e, e);
    }
  }
}
