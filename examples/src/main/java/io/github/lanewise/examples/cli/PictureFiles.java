package io.github.lanewise.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The pictures that a command line names. */
final class PictureFiles {

  private static final Set<String> EXTENSIONS = Set.of("bmp", "gif", "jpeg", "jpg", "png");

  private PictureFiles() {}

  /**
   * Files as they are, and all pictures in folders and the folders in them, sorted by path.
   *
   * @throws IOException if a folder holds none
   */
  static List<Path> of(List<Path> named) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> tree = Files.walk(path)) {
        List<Path> inside =
            tree.filter(PictureFiles::isPicture).filter(Files::isRegularFile).sorted().toList();
        if (inside.isEmpty()) {
          throw new IOException(
              path
                  + ": expected pictures ("
                  + String.join(", ", EXTENSIONS.stream().sorted().toList())
                  + "), found none");
        }
        files.addAll(inside);
      }
    }
    return files;
  }

  private static boolean isPicture(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1));
  }
}
