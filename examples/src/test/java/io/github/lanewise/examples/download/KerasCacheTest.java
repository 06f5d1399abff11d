package io.github.lanewise.examples.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasCacheTest {

  private static final List<String> ENTRIES =
      List.of(
          "cats_and_dogs_filtered/",
          "cats_and_dogs_filtered/train/cats/cat.0.jpg",
          "cats_and_dogs_filtered/validation/dogs/dog.2000.jpg",
          "cats_and_dogs_filtered/vectorize.py",
          "__MACOSX/other");

  @TempDir Path directory;

  private static byte[] zip(List<String> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : entries) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private Path fetch(byte[] zip) throws IOException {
    try (FileServer server = new FileServer(zip)) {
      return new KerasCache(directory)
          .fetchPictures(server.uri(), Patience.STANDARD, name -> (bytes, total) -> {});
    }
  }

  private List<String> datasets() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("datasets"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theFolderIsThatOfTheEnvironmentOrInTheHomeDirectory() {
    Path home = Path.of("home");
    assertEquals(Path.of("home", ".keras"), KerasCache.of(Map.of(), home).directory());
    assertEquals(
        Path.of("home", ".keras"), KerasCache.of(Map.of("KERAS_HOME", ""), home).directory());
    assertEquals(
        Path.of("elsewhere"), KerasCache.of(Map.of("KERAS_HOME", "elsewhere"), home).directory());
  }

  @Test
  void picturesAreFetchedUnpackedAndThenFound() throws IOException {
    KerasCache cache = new KerasCache(directory);
    assertEquals(Optional.empty(), cache.pictures());
    Path pictures = fetch(zip(ENTRIES));
    assertEquals(directory.resolve("datasets/cats_and_dogs_filtered"), pictures);
    assertEquals(Optional.of(pictures), cache.pictures());
    assertEquals(
        "cats_and_dogs_filtered/train/cats/cat.0.jpg",
        Files.readString(pictures.resolve("train/cats/cat.0.jpg")));
    assertEquals(List.of("cats_and_dogs_filtered", "cats_and_dogs_filtered.zip"), datasets());
  }

  @Test
  void picturesThatAreThereAreNotFetched() throws IOException {
    Path pictures =
        directory.resolve("datasets/cats_and_dogs_filtered_extracted/cats_and_dogs_filtered");
    Files.createDirectories(pictures.resolve("train"));
    Files.createDirectories(pictures.resolve("validation"));
    try (FileServer server = new FileServer(new byte[0])) {
      Path found =
          new KerasCache(directory)
              .fetchPictures(server.uri(), Patience.STANDARD, name -> (bytes, total) -> {});
      assertEquals(pictures, found);
      assertEquals(List.of(), server.ranges);
    }
  }

  @Test
  void weightsAreFoundByName() throws IOException {
    KerasCache cache = new KerasCache(directory);
    assertEquals(Optional.empty(), cache.weights(KerasCache.WEIGHTS));
    Path file = directory.resolve("models").resolve(KerasCache.WEIGHTS);
    Files.createDirectories(directory.resolve("models"));
    Files.writeString(file, "weights");
    assertEquals(Optional.of(file), cache.weights(KerasCache.WEIGHTS));
  }

  @Test
  void weightsAreFetchedIntoModels() throws IOException {
    byte[] content = {1, 2, 3};
    Path target = directory.resolve("models/w.h5");
    try (FileServer server = new FileServer(content)) {
      Download download = new Download(server.uri(), target, "5289df737df57326fcdd22597afb1fac");
      assertEquals(
          target,
          KerasCache.fetchWeights(download, Patience.STANDARD, name -> (bytes, total) -> {}));
    }
    assertTrue(Files.exists(target));
  }

  @Test
  void aZipFileThatIsCutInHalfIsAnErrorAndNotKept() throws IOException {
    byte[] whole = zip(ENTRIES);
    IOException e =
        assertThrows(IOException.class, () -> fetch(Arrays.copyOf(whole, whole.length / 2)));
    assertTrue(e.getMessage().contains("cats_and_dogs_filtered.zip"), e.getMessage());
    assertEquals(List.of(), datasets());
  }

  @Test
  void aZipFileWithDamagedContentIsAnErrorAndNotKept() throws IOException {
    byte[] damaged = zip(ENTRIES);
    String text = new String(damaged, StandardCharsets.ISO_8859_1);
    damaged[text.indexOf("cat.0.jpg") + 12] ^= 0x55;
    assertThrows(IOException.class, () -> fetch(damaged));
    assertEquals(List.of(), datasets());
  }

  @Test
  void anEntryThatLeadsOutOfTheFolderIsRefused() throws IOException {
    byte[] evil = zip(List.of(ENTRIES.get(1), "cats_and_dogs_filtered/../../../evil"));
    IOException e = assertThrows(IOException.class, () -> fetch(evil));
    assertTrue(e.getMessage().contains("leads out of its folder"), e.getMessage());
    assertFalse(Files.exists(directory.resolve("evil")));
    assertFalse(Files.exists(directory.resolve("datasets/evil")));
    assertEquals(List.of(), datasets());
  }

  @Test
  void aZipFileOfSomethingElseIsAnErrorAndNotKept() throws IOException {
    IOException e = assertThrows(IOException.class, () -> fetch(zip(List.of("horses/a.jpg"))));
    assertTrue(e.getMessage().contains("cats_and_dogs_filtered"), e.getMessage());
    assertEquals(List.of(), datasets());
  }

  @Test
  void anIncompleteFolderOfPicturesIsNotOverwritten() throws IOException {
    Path train = directory.resolve("datasets/cats_and_dogs_filtered/train");
    Files.createDirectories(train);
    IOException e = assertThrows(IOException.class, () -> fetch(zip(ENTRIES)));
    assertTrue(e.getMessage().contains("expected folders train and validation"), e.getMessage());
    assertTrue(Files.isDirectory(train));
  }
}
