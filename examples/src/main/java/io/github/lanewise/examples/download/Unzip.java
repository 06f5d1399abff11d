package io.github.lanewise.examples.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Unpacks zip files. */
final class Unzip {

  private Unzip() {}

  /**
   * Unpacks one folder of a zip file; the target appears once it is whole.
   *
   * @param folder the folder in the zip file whose contents become the target's
   * @param target a directory that does not exist
   * @throws ZipException naming the zip file, if it is damaged, has no such folder, or has entries
   *     that would land outside of the target; then there is no target
   * @throws IOException if files can not be written
   */
  static void folder(Path zip, String folder, Path target) throws IOException {
    Path parent = target.toAbsolutePath().resolveSibling("");
    long process = ProcessHandle.current().pid();
    Path temporary = parent.resolve("." + target.getFileName() + "." + process);
    Files.createDirectory(temporary);
    try {
      int files = unpack(zip, folder + "/", temporary);
      if (files == 0) {
        throw new ZipException("expected a folder '" + folder + "' of files, found none");
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (ZipException e) {
      ZipException named = new ZipException(zip + ": " + e.getMessage());
      named.initCause(e);
      throw named;
    } finally {
      deleteTree(temporary);
    }
  }

  private static int unpack(Path zip, String prefix, Path into) throws IOException {
    int files = 0;
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.getName().startsWith(prefix) || entry.isDirectory()) {
          continue;
        }
        Path path = into.resolve(entry.getName().substring(prefix.length())).normalize();
        if (!path.startsWith(into)) {
          throw new ZipException("entry '" + entry.getName() + "' leads out of its folder");
        }
        Files.createDirectories(path.getParent());
        try (InputStream in = file.getInputStream(entry)) {
          Files.copy(in, path);
        }
        files++;
      }
    }
    return files;
  }

  private static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
