package io.github.lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path directory;

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void aFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = directory.resolve("a.txt");
    Files.writeString(file, "old");
    AtomicFile.write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("a.txt"), files());
  }

  @Test
  void whereTheDiskIsFullTheFileStaysAsItWas() throws IOException {
    Path file = directory.resolve("a.txt");
    Files.writeString(file, "old");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(file + ": can not be written: No space left on device", e.getMessage());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), files());
  }

  @Test
  void aDirectoryIsCreatedWithWhatItLiesIn() throws IOException {
    Path nested = directory.resolve("a/b");
    OutputDirectory.require(nested);
    assertTrue(Files.isDirectory(nested));
    try (Stream<Path> inside = Files.list(nested)) {
      assertEquals(0, inside.count());
    }
  }

  @Test
  void aDirectoryBelowAFileIsAnErrorThatNamesIt() throws IOException {
    Path file = directory.resolve("a.txt");
    Files.writeString(file, "old");
    Path below = file.resolve("out");
    IOException e = assertThrows(IOException.class, () -> OutputDirectory.require(below));
    assertTrue(e.getMessage().startsWith(below + ": can not write there"), e.getMessage());
  }
}
