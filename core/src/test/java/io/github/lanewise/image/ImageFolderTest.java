package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

  @TempDir Path directory;

  /** A picture of one gray. */
  private Path write(String file, int gray) throws IOException {
    BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 20; i++) {
      image.setRGB(i % 5, i / 5, 0xFF000000 | gray * 0x010101);
    }
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.write(path, Drawings.encode(image, "png"));
  }

  private void writeCatsAndDogs() throws IOException {
    write("dogs/dog.0.png", 100);
    write("cats/cat.1.png", 20);
    write("cats/cat.0.png", 10);
    write("dogs/dog.1.PNG", 110);
    write("cats/cat.10.jpg", 30);
  }

  @Test
  void samplesGoByClassAndByNameAndCarryTheirLabel() throws IOException {
    writeCatsAndDogs();
    ImageFolder folder = ImageFolder.of(directory, 2, 3).rescale(Rescale.NONE).open();
    assertEquals(List.of("cats", "dogs"), folder.classNames());
    assertEquals(5, folder.size());
    assertEquals(Shape.of(2, 3, 3), folder.sampleShape());
    assertEquals(Shape.of(1), folder.targetShape());
    assertTrue(folder.deterministic());
    int[] grays = {10, 20, 30, 100, 110};
    String[] names = {"cat.0.png", "cat.1.png", "cat.10.jpg", "dog.0.png", "dog.1.PNG"};
    for (int i = 0; i < 5; i++) {
      float[] x = new float[18];
      float[] y = new float[1];
      assertTrue(folder.read(i, x, 0, y, 0));
      float[] expected = new float[18];
      Arrays.fill(expected, grays[i]);
      assertArrayEquals(expected, x);
      assertEquals(i < 3 ? 0 : 1, y[0]);
      assertEquals(i < 3 ? 0 : 1, folder.label(i));
      assertEquals(names[i], folder.file(i).getFileName().toString());
    }
    assertEquals(0, folder.unreadableCount());
  }

  @Test
  void readingWritesAtTheOffsetsAndNowhereElse() throws IOException {
    writeCatsAndDogs();
    ImageFolder folder = ImageFolder.of(directory, 1, 1).classMode(ClassMode.CATEGORICAL).open();
    float[] x = {7, 7, 7, 7, 7};
    float[] y = {7, 7, 7, 7};
    assertTrue(folder.read(3, x, 1, y, 1));
    assertArrayEquals(new float[] {7, 100 / 255f, 100 / 255f, 100 / 255f, 7}, x);
    assertArrayEquals(new float[] {7, 0, 1, 7}, y);
  }

  @Test
  void targetsFollowTheClassMode() throws IOException {
    writeCatsAndDogs();
    write("birds/bird.png", 5);
    ImageFolder categorical = ImageFolder.of(directory, 1, 1).open();
    assertEquals(Shape.of(3), categorical.targetShape());
    float[] y = {7, 7, 7};
    categorical.read(1, new float[3], 0, y, 0);
    assertArrayEquals(new float[] {0, 1, 0}, y);
    ImageFolder sparse = ImageFolder.of(directory, 1, 1).classMode(ClassMode.SPARSE).open();
    assertEquals(Shape.of(1), sparse.targetShape());
    sparse.read(5, new float[3], 0, y, 0);
    assertEquals(2, y[0]);
    assertFailure(
        directory,
        "expected 2 class folders for binary targets, found [birds, cats, dogs]",
        ImageFolder.of(directory, 1, 1).classMode(ClassMode.BINARY));
  }

  @Test
  void hiddenFilesOtherFilesAndNestedFoldersAreIgnored() throws IOException {
    writeCatsAndDogs();
    write(".cache/a.png", 1);
    write("cats/.hidden.png", 1);
    write("cats/more/b.png", 1);
    write("cats/folder.png/c.png", 1);
    Files.writeString(directory.resolve("cats/Thumbs.db"), "thumbs");
    Files.writeString(directory.resolve("cats/png"), "no extension");
    Files.writeString(directory.resolve("labels.txt"), "labels");
    ImageFolder folder = ImageFolder.of(directory, 1, 1).open();
    assertEquals(List.of("cats", "dogs"), folder.classNames());
    assertEquals(5, folder.size());
  }

  @Test
  void anUnreadablePictureIsReportedOnceAndLeftOut() throws IOException {
    writeCatsAndDogs();
    Path text = Files.writeString(directory.resolve("cats/cat.5.jpg"), "text");
    byte[] whole = Files.readAllBytes(directory.resolve("dogs/dog.0.png"));
    Path half =
        Files.write(directory.resolve("dogs/half.png"), Arrays.copyOf(whole, whole.length / 2));
    List<String> reports = new ArrayList<>();
    ImageFolder folder =
        ImageFolder.of(directory, 1, 1)
            .onUnreadable((file, reason) -> reports.add(file + ": " + reason))
            .open();
    assertEquals(7, folder.size());
    for (int epoch = 0; epoch < 3; epoch++) {
      for (int i = 0; i < 7; i++) {
        boolean bad = folder.file(i).equals(text) || folder.file(i).equals(half);
        float[] x = {7, 7, 7};
        float[] y = {7};
        assertEquals(!bad, folder.read(i, x, 0, y, 0), folder.file(i).toString());
        if (bad) {
          assertArrayEquals(new float[] {7, 7, 7}, x, "nothing is written");
          assertArrayEquals(new float[] {7}, y, "nothing is written");
        }
      }
    }
    assertEquals(2, folder.unreadableCount());
    assertEquals(2, reports.size(), reports.toString());
    assertEquals(text + ": not a picture of a supported format", reports.get(0));
    assertTrue(reports.get(1).startsWith(half + ": can not be decoded: "), reports.get(1));
  }

  @Test
  void aDirectoryThatIsNoDatasetIsNamed() throws IOException {
    Path absent = directory.resolve("absent");
    assertFailure(absent, "no such directory", ImageFolder.of(absent, 1, 1));
    Path file = Files.createFile(directory.resolve("file"));
    assertFailure(file, "not a directory", ImageFolder.of(file, 1, 1));
    assertFailure(
        directory, "expected 2 or more class folders, found 0", ImageFolder.of(directory, 1, 1));
    write("cats/cat.png", 1);
    assertFailure(
        directory, "expected 2 or more class folders, found 1", ImageFolder.of(directory, 1, 1));
    Path dogs = Files.createDirectory(directory.resolve("dogs"));
    assertFailure(
        dogs,
        "expected pictures (bmp, gif, jpeg, jpg, png), found none",
        ImageFolder.of(directory, 1, 1));
  }

  private static void assertFailure(Path path, String reason, ImageFolder.Builder builder) {
    FileSystemException e = assertThrows(FileSystemException.class, builder::open);
    assertEquals(path + ": " + reason, e.getMessage());
  }

  @Test
  void sizesBelowOneAreRefused() {
    assertEquals(
        "ImageFolder: expected a height and width of 1 or more, found 0 x 3",
        assertThrows(IllegalArgumentException.class, () -> ImageFolder.of(directory, 0, 3))
            .getMessage());
  }

  @Test
  void changingTheBuilderAfterwardsChangesNothing() throws IOException {
    writeCatsAndDogs();
    ImageFolder.Builder builder = ImageFolder.of(directory, 1, 1).rescale(Rescale.NONE);
    ImageFolder folder = builder.open();
    builder.rescale(Rescale.SYMMETRIC);
    float[] x = new float[3];
    folder.read(0, x, 0, new float[1], 0);
    assertEquals(10, x[0]);
  }

  @Test
  void threadsReadTheSamePhotographs() throws IOException {
    String data = System.getProperty("lanewise.data", "");
    Path photographs = Path.of(data, "cats_and_dogs", "validation");
    assumeTrue(
        !data.isEmpty() && Files.isDirectory(photographs),
        "lanewise.data names no directory with cats_and_dogs");
    ImageFolder folder = ImageFolder.of(photographs, 150, 150).resize(Resize.BILINEAR).open();
    assertEquals(200, folder.size());
    int values = folder.sampleShape().size();
    float[] serial = new float[40 * values];
    float[] parallel = new float[40 * values];
    float[] y = new float[40];
    for (int i = 0; i < 40; i++) {
      assertTrue(folder.read(4 * i, serial, i * values, y, i));
    }
    boolean[] read = new boolean[40];
    ParallelLoop.of(3)
        .forEach(40, i -> read[i] = folder.read(4 * i, parallel, i * values, new float[1], 0));
    for (int i = 0; i < 40; i++) {
      assertTrue(read[i]);
      assertEquals(i < 25 ? 0 : 1, y[i], "target " + i);
    }
    assertArrayEquals(serial, parallel);
    for (float value : serial) {
      assertFalse(value < 0 || value > 1, "value " + value);
    }
  }
}
