package io.github.lanewise.examples.report;

import io.github.lanewise.train.Callback;
import io.github.lanewise.train.TensorBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a job in TensorBoard, each in a directory of its name.
 *
 * @param directory the one to start TensorBoard with; null for no runs
 */
public record TensorBoardRuns(@Nullable Path directory) {

  /** The callback of a run. */
  public List<Callback> of(String run) {
    return directory == null ? List.of() : List.of(new TensorBoard(directory.resolve(run)));
  }

  /**
   * Shows the picture of the curves.
   *
   * @param png as {@link Curves} draws it
   * @throws IOException if it can not be read
   * @throws java.io.UncheckedIOException if it can not be written
   */
  public void curves(Path png) throws IOException {
    if (directory != null) {
      new TensorBoard(directory.resolve("report"))
          .picture("curves", 0, Curves.HEIGHT, Curves.WIDTH, Files.readAllBytes(png));
    }
  }
}
