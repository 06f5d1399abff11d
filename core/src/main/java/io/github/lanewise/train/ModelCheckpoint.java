package io.github.lanewise.train;

import io.github.lanewise.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Saves the weights after each epoch, or every so many steps, or after those that are the best so
 * far.
 */
public final class ModelCheckpoint implements Callback {

  /** Writes a model's weights; {@code KerasWeights::save} does. */
  @FunctionalInterface
  public interface Saver {
    /** Writes the weights. */
    void save(Model model, Path file) throws IOException;
  }

  private final FilePattern file;
  private final Monitor monitor;
  private final boolean saveBestOnly;
  private final Saver saver;
  private int saveFreq;
  private int steps;
  private int epoch;

  /**
   * A checkpoint.
   *
   * @param file where to; in it <code>{epoch}</code> or <code>{epoch:02d}</code> becomes the
   *     epoch's number, from 1, <code>{batch:04d}</code> that of the step in its epoch, where steps
   *     are saved, <code>{val_loss:.2f}</code> a figure; directories that are missing are made
   * @param monitor the figure that says what is best, as {@code val_accuracy}
   * @param saveBestOnly whether only improvements are saved
   * @throws IllegalArgumentException if something else is in braces
   */
  public ModelCheckpoint(String file, String monitor, boolean saveBestOnly, Saver saver) {
    this(file, monitor, Mode.AUTO, saveBestOnly, saver);
  }

  /** The same of a figure whose name does not say which way it becomes better. */
  public ModelCheckpoint(
      String file, String monitor, Mode mode, boolean saveBestOnly, Saver saver) {
    this.file = new FilePattern(file);
    this.monitor = new Monitor(monitor, 0, mode);
    this.saveBestOnly = saveBestOnly;
    this.saver = saver;
  }

  /**
   * Saves every so many steps, counted from epoch to epoch, and not after epochs; default after
   * epochs. The figures are then those of the epoch so far, without validation.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public ModelCheckpoint saveFreq(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("save_freq: expected at least 1, found " + steps);
    }
    this.saveFreq = steps;
    return this;
  }

  /** What the figure must be better than to count as the best; default none. */
  public ModelCheckpoint initialValueThreshold(double value) {
    monitor.startFrom(value);
    return this;
  }

  @Override
  public void onTrainBegin(CompiledModel model) {
    monitor.reset();
    steps = 0;
  }

  @Override
  public void onEpochBegin(CompiledModel model, int epoch) {
    this.epoch = epoch;
  }

  @Override
  public void onBatchEnd(CompiledModel model, int batch, int batches, Map<String, Double> logs) {
    steps++;
    if (saveFreq > 0 && steps >= saveFreq) {
      steps = 0;
      save(model, logs, Map.of("epoch", epoch + 1, "batch", batch + 1));
    }
  }

  @Override
  public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
    if (saveFreq == 0) {
      save(model, logs, Map.of("epoch", epoch + 1));
    }
  }

  private void save(CompiledModel model, Map<String, Double> logs, Map<String, Integer> counts) {
    if (saveBestOnly && !monitor.improved(logs)) {
      return;
    }
    Map<String, Number> figures = new TreeMap<>(logs);
    figures.putAll(counts);
    Path target = Path.of(file.with(figures));
    try {
      Path directory = target.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      saver.save(model.model(), target);
    } catch (IOException e) {
      throw new UncheckedIOException("ModelCheckpoint: " + e.getMessage(), e);
    }
  }

  @Override
  public SavedState state() {
    return new SavedState().put("best", monitor.best()).put("steps", steps);
  }

  @Override
  public void setState(SavedState state) {
    monitor.setBest(state.number("best"));
    steps = (int) state.number("steps");
  }
}
