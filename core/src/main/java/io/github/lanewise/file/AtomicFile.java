package io.github.lanewise.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Files that come to be whole or not at all: a temporary file beside the target is written and
 * renamed. Whatever goes wrong, the target is as it was before and the temporary file is gone; only
 * a process that is killed leaves it, and then {@link #deleteLeftovers} finds it. Several writers
 * of one target do not disturb each other; the last one wins.
 */
public final class AtomicFile {

  private static final String SUFFIX = ".tmp";

  /** What is put into the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it all; the channel is at 0 and is closed by others. */
    void writeTo(FileChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file and forces it to the disk before it gets its name, so that a crash of the system
   * leaves the old content or the new.
   *
   * @throws IOException naming the target and the reason
   */
  public static void write(Path target, Content content) throws IOException {
    write(target, content, true);
  }

  /**
   * Writes a file and leaves it to the system when it goes to the disk: for what is large, written
   * often, and tells by a checksum whether a crash of the system has damaged it.
   *
   * @throws IOException naming the target and the reason
   */
  public static void writeUnforced(Path target, Content content) throws IOException {
    write(target, content, false);
  }

  private static void write(Path target, Content content, boolean force) throws IOException {
    try {
      requireWritable(target);
      String unique = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
      Path temporary = target.resolveSibling(prefix(target) + unique + SUFFIX);
      try {
        try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.writeTo(channel);
          if (force) {
            channel.force(true);
          }
        }
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

  /**
   * Removes the temporary files that killed writers of a target have left beside it, and those of
   * writers that are still at work: for who knows that there are none.
   *
   * @throws IOException if one can not be removed
   */
  public static void deleteLeftovers(Path target) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return;
    }
    String prefix = prefix(target);
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(directory, file -> isTemporary(file, prefix))) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  /** Whether a name is the prefix, digits of base 36 and the suffix. */
  private static boolean isTemporary(Path file, String prefix) {
    String name = file.getFileName().toString();
    return name.startsWith(prefix)
        && name.endsWith(SUFFIX)
        && name.substring(prefix.length() - 1).matches("\\.[0-9a-z]+\\" + SUFFIX);
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

  /** A reason to print behind the name of a file. */
  public static String reason(IOException e) {
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
