package io.github.lanewise.hdf5;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.applications.ClassIndex;
import io.github.lanewise.nn.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasClassIndexTest {

  @TempDir Path directory;

  @Test
  void classesComeInTheOrderOfTheirNumbers() throws IOException {
    Path file = write("{\"1\": [\"n02\", \"goldfish\"], \"0\": [\"n01\", \"tench\"]}");
    assertEquals(
        List.of(new ClassIndex.Entry("n01", "tench"), new ClassIndex.Entry("n02", "goldfish")),
        KerasClassIndex.read(file).entries());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "[]",
        "{\"0\": [\"n01\", \"tench\"], \"2\": [\"n02\", \"goldfish\"]}",
        "{\"0\": [\"n01\"]}",
        "{\"0\": [\"n01\", 7]}",
        "{\"0\": \"tench\"}",
        "\u00ff"
      })
  void aFileOfAnotherFormIsOneErrorThatNamesIt(String text) throws IOException {
    Path file = write(text);
    ConfigException e = assertThrows(ConfigException.class, () -> KerasClassIndex.read(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = directory.resolve("missing.json");
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> KerasClassIndex.read(missing));
    assertEquals(missing.toString(), e.getFile());
  }

  /** In Latin-1, in which one of the texts is no UTF-8. */
  private Path write(String text) throws IOException {
    return Files.write(directory.resolve("index.json"), text.getBytes(ISO_8859_1));
  }
}
