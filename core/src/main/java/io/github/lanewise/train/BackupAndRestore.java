package io.github.lanewise.train;

import io.github.lanewise.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state of training in a file after each epoch, or every so many steps, and goes on from
 * it where {@code fit} finds it: a process that was killed at any moment and started again ends
 * with the same history and weights, to the bit. As {@code
 * keras/src/callbacks/backup_and_restore.py}, but that the state is complete: weights, optimizer,
 * epoch and step, the layers' random numbers, the history, and what the other callbacks remember.
 *
 * <p>The file is written beside its target and renamed. It does not hold frozen weights, nor the
 * data: both must be the same again, and a dataset whose samples change must be a new one. Where
 * the callback is in the list does not matter; it acts after the others. One callback serves one
 * {@code fit}.
 */
public final class BackupAndRestore implements Callback {

  private static final String IDENTITY = "identity";
  private static final String FIT = "fit";

  private final Path file;
  private Duration interval = Duration.ZERO;
  private long saved;
  private int saveFreq;
  private boolean deleteCheckpoint = true;
  private @Nullable FitIdentity identity;
  private int steps;

  /** Keeps the state in this file after each epoch. */
  public BackupAndRestore(Path file) {
    this.file = file;
  }

  /**
   * Saves every so many steps too; default after epochs alone.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public BackupAndRestore saveFreq(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("save_freq: expected at least 1, found " + steps);
    }
    this.saveFreq = steps;
    return this;
  }

  /**
   * Leaves out epochs that end sooner than this after the file was last written, but never the
   * last; default none. It saves time where the state is large.
   */
  public BackupAndRestore interval(Duration interval) {
    this.interval = interval;
    return this;
  }

  /**
   * Whether the file is removed when training has ended; default true. Where it is kept, another
   * {@code fit} of as many epochs gives the same result without training.
   */
  public BackupAndRestore deleteCheckpoint(boolean deleteCheckpoint) {
    this.deleteCheckpoint = deleteCheckpoint;
    return this;
  }

  /**
   * Removes the file, if there is one, and what a killed process may have left beside it.
   *
   * @throws UncheckedIOException if it can not be removed
   */
  public void delete() {
    try {
      Files.deleteIfExists(file);
      AtomicFile.deleteLeftovers(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onTrainEnd(CompiledModel model) {
    if (deleteCheckpoint) {
      delete();
    }
  }

  /** The one among callbacks; null if there is none. */
  static @Nullable BackupAndRestore among(List<Callback> callbacks) {
    List<Callback> found = callbacks.stream().filter(BackupAndRestore.class::isInstance).toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException("BackupAndRestore: expected one, found " + found.size());
    }
    return found.isEmpty() ? null : (BackupAndRestore) found.get(0);
  }

  /**
   * The state to go on from; null where there is no file.
   *
   * @throws UncheckedIOException if the file can not be read, or what a killed process left beside
   *     it not be removed
   * @throws IllegalArgumentException naming the file, if it is of another training
   */
  @Nullable SavedState begin(FitIdentity now) {
    identity = now;
    steps = 0;
    saved = System.nanoTime();
    try {
      AtomicFile.deleteLeftovers(file);
      if (!Files.exists(file)) {
        return null;
      }
      SavedState saved = StateFile.read(file);
      now.requireSame(saved.scope(IDENTITY));
      return saved.scope(FIT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  void epochEnded(boolean last, Supplier<SavedState> state) {
    if (last || System.nanoTime() - saved >= interval.toNanos()) {
      save(state);
    }
  }

  void batchEnded(Supplier<SavedState> state) {
    steps++;
    if (saveFreq > 0 && steps % saveFreq == 0) {
      save(state);
    }
  }

  private void save(Supplier<SavedState> state) {
    SavedState all = new SavedState();
    if (identity != null) {
      all.put(IDENTITY, identity.state());
    }
    try {
      StateFile.write(file, all.put(FIT, state.get()));
      saved = System.nanoTime();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
