package io.github.lanewise.examples.transfer;

import io.github.lanewise.train.BackupAndRestore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where the state of a job is kept, so that it can go on after it was killed: a file for each head,
 * until all is done.
 *
 * @param directory of the files
 * @param interval at least so long between two times that a file is written
 */
public record Checkpoints(Path directory, Duration interval) {

  private static final List<String> RUNS = List.of("no-dropout", "dropout", "unfrozen");

  /** What keeps the state of a run. */
  BackupAndRestore of(String run) {
    return new BackupAndRestore(directory.resolve("checkpoint-" + run + ".state"))
        .interval(interval)
        .deleteCheckpoint(false);
  }

  /**
   * Removes all files.
   *
   * @throws java.io.UncheckedIOException if that fails
   */
  public void delete() {
    RUNS.forEach(run -> of(run).delete());
  }
}
