package io.github.lanewise.examples.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.examples.download.FileServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

  private static final Patience HASTY = new Patience(Duration.ZERO, Duration.ofMillis(500));

  @TempDir Path directory;
  private final byte[] content = new byte[300_000];
  private Path target;
  private Path part;

  @BeforeEach
  void prepare() {
    new Random(1).nextBytes(content);
    target = directory.resolve("models").resolve("weights.h5");
    part = target.resolveSibling("weights.h5.part");
  }

  private String md5() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
  }

  private void fetch(FileServer server, String md5) throws IOException {
    new Download(server.uri(), target, md5).run(HASTY, (bytes, total) -> {});
  }

  private void leavePart(int bytes) throws IOException {
    Files.createDirectories(directory.resolve("models"));
    Files.write(part, Arrays.copyOf(content, bytes));
  }

  private void assertFetched() throws IOException {
    assertArrayEquals(content, Files.readAllBytes(target));
    assertFalse(Files.exists(part), "the part is gone");
  }

  @Test
  void aFileIsFetchedIntoAFolderThatDoesNotExist() throws Exception {
    try (FileServer server = new FileServer(content)) {
      fetch(server, md5());
    }
    assertFetched();
  }

  @Test
  void progressEndsAtTheSizeOfTheFile() throws Exception {
    List<Long> seen = new ArrayList<>();
    try (FileServer server = new FileServer(content)) {
      new Download(server.uri(), target, md5())
          .run(
              HASTY,
              (bytes, total) -> {
                assertEquals(content.length, total);
                seen.add(bytes);
              });
    }
    assertEquals(0, seen.get(0));
    assertEquals(content.length, seen.get(seen.size() - 1));
    assertEquals(seen.stream().sorted().toList(), seen);
  }

  @Test
  void aTransferThatIsCutGoesOnWhereItBrokeOff() throws Exception {
    try (FileServer server =
        new FileServer(content, Answer.CUT_IN_THE_MIDDLE, Answer.CUT_IN_THE_MIDDLE)) {
      fetch(server, md5());
      assertEquals("", server.ranges.get(0));
      assertEquals(3, server.ranges.size());
      int second = start(server.ranges.get(1));
      int third = start(server.ranges.get(2));
      assertTrue(second > 0 && second <= content.length / 2, "goes on at " + second);
      assertTrue(third > second && third < content.length, "goes on at " + third);
    }
    assertFetched();
  }

  /** The first byte asked for; not all that was sent before a cut need have arrived. */
  private static int start(String range) {
    return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
  }

  @Test
  void aTransferThatFallsSilentGoesOnWhereItStopped() throws Exception {
    try (FileServer server = new FileServer(content, Answer.SILENT_IN_THE_MIDDLE)) {
      fetch(server, md5());
      assertEquals(2, server.ranges.size());
      assertTrue(server.ranges.get(1).startsWith("bytes="), server.ranges.get(1));
    }
    assertFetched();
  }

  @Test
  void anotherRunGoesOnFromThePartThatIsThere() throws Exception {
    leavePart(123_456);
    try (FileServer server = new FileServer(content)) {
      fetch(server, md5());
      assertEquals(List.of("bytes=123456-"), server.ranges);
    }
    assertFetched();
  }

  @Test
  void aServerThatIgnoresRangesSendsItAllAgain() throws Exception {
    leavePart(123_456);
    try (FileServer server = new FileServer(content, Answer.IGNORING_RANGE)) {
      fetch(server, md5());
    }
    assertFetched();
  }

  @Test
  void aPartThatIsTheWholeFileIsTaken() throws Exception {
    leavePart(content.length);
    try (FileServer server = new FileServer(content)) {
      fetch(server, md5());
    }
    assertFetched();
  }

  @Test
  void aPartThatIsLongerThanTheFileIsFetchedAnew() throws Exception {
    leavePart(content.length + 5);
    try (FileServer server = new FileServer(content)) {
      fetch(server, md5());
    }
    assertFetched();
  }

  @Test
  void anAnswerFromAnotherByteOnIsRefused() throws Exception {
    leavePart(1000);
    try (FileServer server = new FileServer(content, Answer.WRONG_RANGE)) {
      IOException e = assertThrows(IOException.class, () -> fetch(server, md5()));
      assertTrue(e.getMessage().contains("expected an answer from byte 1000 on"), e.getMessage());
    }
    assertFalse(Files.exists(target));
  }

  @Test
  void anotherDigestIsAnErrorThatLeavesNothing() throws Exception {
    try (FileServer server = new FileServer(content)) {
      String wrong = "0".repeat(32);
      IOException e = assertThrows(IOException.class, () -> fetch(server, wrong));
      assertTrue(e.getMessage().contains("expected a file of MD5 " + wrong), e.getMessage());
      assertTrue(e.getMessage().contains("found " + md5()), e.getMessage());
    }
    assertFalse(Files.exists(target));
    assertFalse(Files.exists(part));
  }

  @Test
  void aMissingFileIsNotAskedForTwice() throws Exception {
    try (FileServer server = new FileServer(content, Answer.NOT_FOUND)) {
      IOException e = assertThrows(IOException.class, () -> fetch(server, md5()));
      assertEquals(server.uri() + ": the server answers with status 404", e.getMessage());
      assertEquals(1, server.ranges.size());
    }
    assertFalse(Files.exists(target));
  }

  @Test
  void aServerThatIsUnavailableForAMomentIsAskedAgain() throws Exception {
    try (FileServer server = new FileServer(content, Answer.UNAVAILABLE)) {
      fetch(server, md5());
    }
    assertFetched();
  }

  @Test
  void afterFiveTriesItGivesUpAndKeepsThePart() throws Exception {
    Answer[] cuts = new Answer[9];
    Arrays.fill(cuts, Answer.CUT_IN_THE_MIDDLE);
    try (FileServer server = new FileServer(content, cuts)) {
      IOException e = assertThrows(IOException.class, () -> fetch(server, md5()));
      assertTrue(e.getMessage().contains("gave up after 5 tries"), e.getMessage());
      assertEquals(5, server.ranges.size());
    }
    assertFalse(Files.exists(target));
    assertTrue(Files.size(part) > content.length / 2);
  }

  @Test
  void aFileThatIsThereIsNotFetched() throws Exception {
    Files.createDirectories(directory.resolve("models"));
    Files.write(target, content);
    try (FileServer server = new FileServer(content)) {
      fetch(server, md5());
      assertEquals(List.of(), server.ranges);
    }
  }

  @Test
  void aFileThatIsThereWithAnotherDigestIsReplaced() throws Exception {
    Files.createDirectories(directory.resolve("models"));
    Files.writeString(target, "half");
    try (FileServer server = new FileServer(content)) {
      fetch(server, md5());
    }
    assertFetched();
  }
}
