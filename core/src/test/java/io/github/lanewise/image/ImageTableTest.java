package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTableTest {

  @TempDir Path directory;

  /** A picture of one gray. */
  private void write(String file, int gray) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 4; i++) {
      image.setRGB(i % 2, i / 2, 0xFF000000 | gray * 0x010101);
    }
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, Drawings.encode(image, "png"));
  }

  private ImageTable.Builder table(String text) throws IOException {
    Path csv = Files.writeString(directory.resolve("labels.csv"), text);
    return ImageTable.of(csv, 1, 1).rescale(Rescale.NONE);
  }

  private static float[] read(ImageTable table, int index) {
    float[] x = {7, 7, 7, 7, 7};
    float[] y = {7, 7, 7};
    assertTrue(table.read(index, x, 1, y, 1));
    assertEquals(7, x[0]);
    assertEquals(x[1], x[3]);
    assertEquals(7, x[4]);
    return new float[] {x[1], y[1], y[2]};
  }

  @Test
  void samplesGoByLineAndClassesByName() throws IOException {
    write("a.png", 10);
    write("sub/b.png", 20);
    write("c.png", 30);
    ImageTable table = table("filename,class\nc.png,dog\nsub/b.png,cat\na.png,dog\n").open();
    assertEquals(List.of("cat", "dog"), table.classNames());
    assertEquals(3, table.size());
    assertEquals(Shape.of(1, 1, 3), table.sampleShape());
    assertEquals(Shape.of(1), table.targetShape());
    assertArrayEquals(new float[] {30, 1, 7}, read(table, 0));
    assertArrayEquals(new float[] {20, 0, 7}, read(table, 1));
    assertArrayEquals(new float[] {10, 1, 7}, read(table, 2));
    assertEquals(directory.resolve("sub/b.png"), table.file(1));
    assertEquals(0, table.label(1));
  }

  @Test
  void columnsDirectoryAndClassesCanBeNamed() throws IOException {
    write("pictures/a.png", 10);
    ImageTable table =
        table("id,kind,path\n1,cat,a.png\n")
            .xCol("path")
            .yCol("kind")
            .directory(directory.resolve("pictures"))
            .classes(List.of("dog", "cat"))
            .classMode(ClassMode.CATEGORICAL)
            .open();
    assertEquals(List.of("dog", "cat"), table.classNames());
    assertArrayEquals(new float[] {10, 0, 1}, read(table, 0));
  }

  @Test
  void fieldsMayBeQuotedAndLinesEndInEveryWay() throws IOException {
    ImageTable table =
        table("\uFEFFclass,filename\r\n\"a \"\"cat\"\"\",\"x,\n1.png\"\r\n\r\ndog,2.png").open();
    assertEquals(List.of("a \"cat\"", "dog"), table.classNames());
    assertEquals(directory.resolve("x,\n1.png"), table.file(0));
    assertEquals(directory.resolve("2.png"), table.file(1));
    assertEquals(2, table.size());
  }

  @Test
  void aMissingPictureIsReportedOnceAndLeftOut() throws IOException {
    write("a.png", 10);
    List<String> reports = new ArrayList<>();
    ImageTable table =
        table("filename,class\nabsent.png,cat\na.png,dog\n")
            .onUnreadable((file, reason) -> reports.add(file + ": " + reason))
            .open();
    for (int epoch = 0; epoch < 2; epoch++) {
      assertFalse(table.read(0, new float[3], 0, new float[1], 0));
      assertArrayEquals(new float[] {10, 1, 7}, read(table, 1));
    }
    assertEquals(List.of(directory.resolve("absent.png") + ": no such file"), reports);
    assertEquals(1, table.unreadableCount());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'filename,class|a.png,cat|b.png'; ':3: expected 2 fields, found 1'",
        "'filename,class|a.png,cat,|b.png,dog'; ':2: expected 2 fields, found 3'",
        "'filename,class|\"a|b\",cat|,dog'; ':4: expected a value in column ''filename'', found none'",
        "'filename,class|a.png,'; ':2: expected a value in column ''class'', found none'",
        "'filename,class|a.png,\"cat'; ':2: expected a closing quote, found the end of the file'",
        "'filename,class|\"a\"b,cat'; ':2: expected a comma after a quoted field, found b'",
        "'file,class|a.png,cat'; ':1: expected a column ''filename'', found [file, class]'",
        "''; ': expected a first line with column names, found none'",
        "'filename,class'; ': expected 2 or more classes, found []'",
        "'filename,class|a.png,cat'; ': expected 2 or more classes, found [cat]'",
      })
  void aBadLineIsOneErrorWithFileAndLine(String text, String message) throws IOException {
    ImageTable.Builder builder = table(text.replace('|', '\n'));
    IOException e = assertThrows(IOException.class, builder::open);
    assertEquals(directory.resolve("labels.csv") + message, e.getMessage());
  }

  @Test
  void aClassThatIsNotAmongThoseGivenIsNamedWithItsLine() throws IOException {
    ImageTable.Builder builder =
        table("filename,class\na,cat\nb,dog\n").classes(List.of("cat", "cow"));
    IOException e = assertThrows(IOException.class, builder::open);
    assertEquals(
        directory.resolve("labels.csv") + ":3: expected one of the classes [cat, cow], found dog",
        e.getMessage());
  }

  @Test
  void binaryTargetsNeedTwoClasses() throws IOException {
    ImageTable.Builder builder =
        table("filename,class\na,x\nb,y\nc,z\n").classMode(ClassMode.BINARY);
    IOException e = assertThrows(IOException.class, builder::open);
    assertEquals(
        directory.resolve("labels.csv")
            + ": expected 2 classes for binary targets, found [x, y, z]",
        e.getMessage());
  }

  @Test
  void aFileThatIsNoTableIsNamed() throws IOException {
    Path absent = directory.resolve("absent.csv");
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> ImageTable.of(absent, 1, 1).open());
    assertEquals(absent + ": no such file", e.getMessage());
    Path latin = directory.resolve("latin.csv");
    Files.write(latin, "filename,class\nä,b".getBytes(StandardCharsets.ISO_8859_1));
    IOException text = assertThrows(IOException.class, () -> ImageTable.of(latin, 1, 1).open());
    assertEquals(latin + ": expected text in UTF-8", text.getMessage());
    assertEquals(
        "ImageTable: expected a height and width of 1 or more, found 1 x 0",
        assertThrows(IllegalArgumentException.class, () -> ImageTable.of(absent, 1, 0))
            .getMessage());
  }
}
