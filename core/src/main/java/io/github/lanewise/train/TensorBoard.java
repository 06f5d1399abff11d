package io.github.lanewise.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes each epoch's figures as scalars for TensorBoard, by the names that Keras's callback gives
 * them: {@code epoch_loss}, {@code epoch_accuracy} and so on in the run {@code train}, with the
 * learning rate at the end of the epoch as {@code epoch_learning_rate}; the figures of the
 * validation by the same names, without {@code val_}, in the run {@code validation}. Steps are
 * epochs, counted from 0; values are rounded to {@code float}.
 *
 * <p>Each training writes files of its own, one a run, and adds to them after every epoch, so that
 * TensorBoard can follow. Without validation there is no run of that name.
 *
 * <p>A directory or file that can not be written ends training with an {@link
 * UncheckedIOException}; that of {@code train} is made before anything is computed.
 */
public final class TensorBoard implements Callback {

  private static final String VALIDATION_PREFIX = "val_";

  private final Path logDir;
  private final InstantSource clock;
  private final Map<String, EventFile> runs = new HashMap<>();

  /**
   * Writes below this directory, the one to start TensorBoard with ({@code --logdir}).
   *
   * @param logDir made where it is missing; gets the directories {@code train} and {@code
   *     validation}
   */
  public TensorBoard(Path logDir) {
    this(logDir, InstantSource.system());
  }

  TensorBoard(Path logDir, InstantSource clock) {
    this.logDir = logDir;
    this.clock = clock;
  }

  @Override
  public void onTrainBegin(CompiledModel model) {
    runs.clear();
    run("train");
  }

  @Override
  public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
    Map<String, Double> training = new LinkedHashMap<>();
    Map<String, Double> validation = new LinkedHashMap<>();
    logs.forEach(
        (name, value) -> {
          if (name.startsWith(VALIDATION_PREFIX)) {
            validation.put("epoch_" + name.substring(VALIDATION_PREFIX.length()), value);
          } else {
            training.put("epoch_" + name, value);
          }
        });
    training.put("epoch_learning_rate", (double) model.optimizer().learningRate());
    append(run("train"), epoch, training);
    if (!validation.isEmpty()) {
      append(run("validation"), epoch, validation);
    }
  }

  /**
   * Writes a picture into the run {@code train}, for TensorBoard's tab of images.
   *
   * @param tag its name
   * @param step the epoch that it belongs to
   * @param height of the picture, in pixels
   * @param width of the picture, in pixels
   * @param png the picture in RGB, as a PNG file
   * @throws UncheckedIOException if it can not be written
   */
  public void picture(String tag, long step, int height, int width, byte[] png) {
    EventFile file = run("train");
    try {
      file.append(step, tag, height, width, png);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private EventFile run(String name) {
    return runs.computeIfAbsent(name, n -> create(logDir.resolve(n)));
  }

  private EventFile create(Path directory) {
    try {
      return EventFile.create(directory, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "TensorBoard: can not write events into " + directory + ": " + e, e);
    }
  }

  private static void append(EventFile file, int epoch, Map<String, Double> scalars) {
    try {
      file.append(epoch, scalars);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static UncheckedIOException unwritable(EventFile file, IOException e) {
    return new UncheckedIOException("TensorBoard: can not write " + file.path() + ": " + e, e);
  }
}
