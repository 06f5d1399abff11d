package io.github.lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {

  @TempDir Path directory;

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
