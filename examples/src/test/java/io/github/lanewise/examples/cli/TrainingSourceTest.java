package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.examples.download.KerasCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSourceTest {

  private static final Path NAMED = Path.of("named");

  @TempDir Path directory;
  private KerasCache cache = new KerasCache(NAMED);
  private Path weights = NAMED;
  private Path pictures = NAMED;

  @BeforeEach
  void locate() {
    cache = new KerasCache(directory);
    weights = directory.resolve("models").resolve(KerasCache.WEIGHTS);
    pictures = directory.resolve("datasets").resolve(KerasCache.PICTURES);
  }

  private void fillWeights() throws IOException {
    Files.createDirectories(directory.resolve("models"));
    Files.writeString(weights, "weights");
  }

  private void fillPictures() throws IOException {
    Files.createDirectories(pictures.resolve("train"));
    Files.createDirectories(pictures.resolve("validation"));
  }

  @Test
  void withNothingNamedAndNothingInTheCacheItIsTheSample() {
    assertNull(TrainingSource.find(null, null, cache));
  }

  @Test
  void withHalfOfItInTheCacheItIsTheSample() throws IOException {
    fillWeights();
    assertNull(TrainingSource.find(null, null, cache));
  }

  @Test
  void whatIsInTheCacheNeedsNoName() throws IOException {
    fillWeights();
    fillPictures();
    assertEquals(new TrainingSource(weights, pictures), TrainingSource.find(null, null, cache));
  }

  @Test
  void aNameGoesBeforeTheCache() throws IOException {
    fillWeights();
    fillPictures();
    assertEquals(new TrainingSource(NAMED, pictures), TrainingSource.find(NAMED, null, cache));
    assertEquals(new TrainingSource(weights, NAMED), TrainingSource.find(null, NAMED, cache));
  }

  @Test
  void oneNameWithoutTheOtherIsWrongUsage() {
    Exception noData =
        assertThrows(IllegalArgumentException.class, () -> TrainingSource.find(NAMED, null, cache));
    assertTrue(noData.getMessage().contains("expected --data"), noData.getMessage());
    Exception noWeights =
        assertThrows(IllegalArgumentException.class, () -> TrainingSource.find(null, NAMED, cache));
    assertTrue(noWeights.getMessage().contains("expected --weights"), noWeights.getMessage());
  }
}
