package io.github.lanewise.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The temporary files of feature caches. */
final class FeatureFiles {

  private FeatureFiles() {}

  /** How many there are of this process. */
  static int count() {
    return count(FeatureCache.FILE_PREFIX);
  }

  /** How many there are of names that start with this. */
  static int count(String prefix) {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return (int) files.filter(f -> f.getFileName().toString().startsWith(prefix)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
