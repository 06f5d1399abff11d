package io.github.lanewise.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Writes an HDF5 file beside its target and renames it, so that no half-written one is ever seen.
 */
final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes a file.
   *
   * @throws IOException naming the file, if it can not be written; the target is then as it was
   */
  static void write(Path file, Consumer<WritableHdfFile> content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path temporary;
    try {
      temporary = Files.createTempFile(directory, file.getFileName() + ".", ".part");
    } catch (IOException e) {
      throw new IOException(file + ": can not write to " + directory + ": " + reason(e), e);
    }
    try {
      try (WritableHdfFile hdf = HdfFile.write(temporary)) {
        content.accept(hdf);
      }
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + ": can not be written: " + reason(e), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
