package io.github.lanewise.train;

import io.github.lanewise.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Saves the weights after each epoch, or after those that are the best so far. */
public final class ModelCheckpoint implements Callback {

  /** Writes a model's weights; {@code KerasWeights::save} does. */
  @FunctionalInterface
  public interface Saver {
    /** Writes the weights. */
    void save(Model model, Path file) throws IOException;
  }

  private final String file;
  private final Monitor monitor;
  private final boolean saveBestOnly;
  private final Saver saver;

  /**
   * A checkpoint.
   *
   * @param file where to; <code>{epoch}</code> in it becomes the epoch's number, from 1
   * @param monitor the figure that says what is best, as {@code val_accuracy}
   * @param saveBestOnly whether only improvements are saved
   */
  public ModelCheckpoint(String file, String monitor, boolean saveBestOnly, Saver saver) {
    this(file, monitor, Mode.AUTO, saveBestOnly, saver);
  }

  /** The same of a figure whose name does not say which way it becomes better. */
  public ModelCheckpoint(
      String file, String monitor, Mode mode, boolean saveBestOnly, Saver saver) {
    this.file = file;
    this.monitor = new Monitor(monitor, 0, mode);
    this.saveBestOnly = saveBestOnly;
    this.saver = saver;
  }

  @Override
  public void onTrainBegin(CompiledModel model) {
    monitor.reset();
  }

  @Override
  public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
    if (!saveBestOnly || monitor.improved(logs)) {
      Path target = Path.of(file.replace("{epoch}", String.valueOf(epoch + 1)));
      try {
        saver.save(model.model(), target);
      } catch (IOException e) {
        throw new UncheckedIOException("ModelCheckpoint: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public SavedState state() {
    return new SavedState().put("best", monitor.best());
  }

  @Override
  public void setState(SavedState state) {
    monitor.setBest(state.number("best"));
  }
}
