package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The build lists the run-time class path, that of core and kernels included; see the POM. */
class RuntimeClasspathTest {

  private static final Pattern NATIVE =
      Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib|a|lib)", Pattern.CASE_INSENSITIVE);

  @Test
  void nothingOnTheRunTimeClassPathIsNative() throws IOException {
    List<Path> entries = entries();
    List<String> found = new ArrayList<>();
    for (Path entry : entries) {
      names(entry).stream()
          .filter(name -> NATIVE.matcher(name).matches())
          .forEach(name -> found.add(entry + "!" + name));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void theListedClassPathIsThatOfTheProductAndNotOfItsTests() throws IOException {
    List<String> entries = entries().stream().map(Path::toString).toList();
    for (String expected : List.of("jhdf", "commons-lang3", "core", "kernels")) {
      assertTrue(entries.stream().anyMatch(e -> e.contains(expected)), expected + ": " + entries);
    }
    assertTrue(entries.stream().noneMatch(e -> e.contains("junit")), entries.toString());
  }

  private static List<Path> entries() throws IOException {
    String text = Files.readString(Path.of("target", "runtime-classpath.txt")).strip();
    return Stream.of(text.split(Pattern.quote(File.pathSeparator))).map(Path::of).toList();
  }

  private static List<String> names(Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      try (Stream<Path> files = Files.walk(entry)) {
        return files.map(Path::toString).toList();
      }
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(entry.toString(), e);
    }
  }
}
