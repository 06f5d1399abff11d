package io.github.lanewise.hdf5;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Files that come to be whole or not at all. */
final class AtomicFile {

  /** What is put into the file. */
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a temporary file beside the target, forces it to the disk and renames it. Whatever goes
   * wrong, the target is as it was before and the temporary file is gone.
   *
   * @throws IOException naming the target and the reason
   */
  static void write(Path target, Content content) throws IOException {
    try {
      requireWritable(target);
      Path temporary = beside(target);
      try {
        writeThrough(temporary, content);
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException | RuntimeException | Error e) {
        delete(temporary, e);
        throw e;
      }
    } catch (IOException e) {
      throw new IOException(target + ": can not be written: " + reason(e), e);
    }
  }

  private static void writeThrough(Path file, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      channel.force(true);
    }
  }

  private static void delete(Path temporary, Throwable because) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  private static void requireWritable(Path target) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(target)) {
      throw new IOException("is a directory");
    }
    if (!Files.isDirectory(directory)) {
      throw new IOException(
          directory + (Files.exists(directory) ? " is not a directory" : " does not exist"));
    }
  }

  private static Path beside(Path target) {
    String suffix = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    return target.resolveSibling("." + target.getFileName() + "." + suffix + ".tmp");
  }

  /** A reason to print behind the name of a file. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "exists already";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
