package io.github.lanewise.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("a.txt");
  }

  private static AtomicFile.Content text(String text) {
    return channel -> put(channel, text);
  }

  private static void put(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private void assertStaysAsItWas(Class<? extends Throwable> type, Throwable failure)
      throws IOException {
    Files.writeString(file, "old");
    AtomicFile.Content failing =
        channel -> {
          put(channel, "half of the n");
          if (failure instanceof IOException e) {
            throw e;
          }
          if (failure instanceof RuntimeException e) {
            throw e;
          }
          throw (Error) failure;
        };
    Throwable e = assertThrows(type, () -> AtomicFile.write(file, failing));
    assertSame(failure, failure instanceof IOException ? e.getCause() : e);
    assertThrows(type, () -> AtomicFile.writeUnforced(file, failing));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aFileIsReplacedAndNothingElseIsLeft() throws IOException {
    AtomicFile.write(file, text("a longer text"));
    assertEquals("a longer text", Files.readString(file));
    AtomicFile.writeUnforced(file, text("short"));
    assertEquals("short", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void untilAllIsWrittenTheOldContentIsThere() throws IOException {
    Files.writeString(file, "old");
    AtomicBoolean seen = new AtomicBoolean();
    AtomicFile.write(
        file,
        channel -> {
          put(channel, "half");
          seen.set(Files.readString(file).equals("old"));
          put(channel, " and half");
        });
    assertTrue(seen.get());
    assertEquals("half and half", Files.readString(file));
  }

  @Test
  void whereTheDiskIsFullTheFileStaysAsItWas() throws IOException {
    IOException full = new IOException("No space left on device");
    assertStaysAsItWas(IOException.class, full);
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      throw full;
                    }));
    assertEquals(file + ": can not be written: No space left on device", e.getMessage());
  }

  @Test
  void otherFailuresOfTheContentComeThroughAndLeaveNothingEither() throws IOException {
    assertStaysAsItWas(IllegalStateException.class, new IllegalStateException("no content"));
    assertStaysAsItWas(OutOfMemoryError.class, new OutOfMemoryError("no heap"));
  }

  @Test
  void aNameWithoutADirectoryIsInTheWorkingDirectory() throws IOException {
    Path bare = Path.of("atomic-file-test-" + ProcessHandle.current().pid() + ".txt");
    try {
      AtomicFile.write(bare, text("here"));
      assertEquals("here", Files.readString(bare.toAbsolutePath()));
      Files.writeString(Path.of("." + bare + ".0.tmp"), "of a killed process");
      AtomicFile.deleteLeftovers(bare);
      try (Stream<Path> files = Files.list(Path.of("").toAbsolutePath())) {
        List<Path> found = files.filter(f -> f.toString().contains(bare.toString())).toList();
        assertEquals(List.of(bare.toAbsolutePath()), found);
      }
    } finally {
      Files.deleteIfExists(bare);
    }
  }

  @Test
  void aTargetThatCanNotBeWrittenIsNamedWithTheReason() throws IOException {
    Files.writeString(file, "no directory");
    Path missing = directory.resolve("missing");
    assertRefused(directory, "is a directory");
    assertRefused(Path.of("/").toAbsolutePath(), "is a directory");
    assertRefused(missing.resolve("b.txt"), missing + " does not exist");
    assertRefused(file.resolve("b.txt"), file + " is not a directory");
    assertEquals(List.of("a.txt"), names());
  }

  private static void assertRefused(Path target, String reason) {
    IOException e =
        assertThrows(IOException.class, () -> AtomicFile.write(target, text("not written")));
    assertEquals(target + ": can not be written: " + reason, e.getMessage());
  }

  @Test
  void writersOfOneFileDoNotDisturbEachOther() throws IOException {
    AtomicFile.write(
        file,
        channel -> {
          put(channel, "outer");
          AtomicFile.write(file, text("inner"));
          assertEquals("inner", Files.readString(file));
        });
    assertEquals("outer", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void whatKilledWritersHaveLeftIsRemovedAndNothingElse() throws IOException {
    AtomicFile.write(file, text("whole"));
    List<String> others = List.of(".a.txt..tmp", ".a.txt.b.txt.1.tmp", ".b.txt.1.tmp", "a.txt.tmp");
    for (String name : others) {
      Files.writeString(directory.resolve(name), "of somebody else");
    }
    Files.writeString(directory.resolve(".a.txt.1z4.tmp"), "ha");
    Files.writeString(directory.resolve(".a.txt.0.tmp"), "");
    AtomicFile.deleteLeftovers(file);
    List<String> expected = Stream.concat(Stream.of("a.txt"), others.stream()).sorted().toList();
    assertEquals(expected, names());
    AtomicFile.deleteLeftovers(directory.resolve("missing/a.txt"));
  }
}
