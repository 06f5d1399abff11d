package io.github.lanewise.image;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folders of a directory and the pictures in them, both sorted by name.
 *
 * @param names of the folders
 * @param files of each folder
 */
record ClassFolders(List<String> names, List<List<Path>> files) {

  private static final Set<String> EXTENSIONS = Set.of("bmp", "gif", "jpeg", "jpg", "png");

  static ClassFolders list(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      throw new NoSuchFileException(directory.toString(), null, "no such directory");
    }
    if (!Files.isDirectory(directory)) {
      throw failure(directory, "not a directory");
    }
    List<Path> folders = children(directory, Files::isDirectory);
    if (folders.size() < 2) {
      throw failure(directory, "expected 2 or more class folders, found " + folders.size());
    }
    List<String> names = new ArrayList<>();
    List<List<Path>> files = new ArrayList<>();
    for (Path folder : folders) {
      List<Path> pictures = children(folder, file -> isPicture(file) && Files.isRegularFile(file));
      if (pictures.isEmpty()) {
        throw failure(folder, "expected pictures (" + extensions() + "), found none");
      }
      names.add(name(folder));
      files.add(pictures);
    }
    return new ClassFolders(List.copyOf(names), List.copyOf(files));
  }

  static FileSystemException failure(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }

  private static List<Path> children(Path directory, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> !name(entry).startsWith("."))
          .filter(wanted)
          .sorted(Comparator.comparing(ClassFolders::name))
          .toList();
    }
  }

  private static boolean isPicture(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1));
  }

  private static String extensions() {
    return String.join(", ", EXTENSIONS.stream().sorted().toList());
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
