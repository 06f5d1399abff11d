package io.github.lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.train.History;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurvesTest {

  private static final int BLUE = 0x1f77b4;
  private static final int RED = 0xd62728;

  private static BufferedImage draw(History first, History second) {
    return Curves.draw("title", List.of("without", "with"), List.of(first, second));
  }

  /** The share of pixels of a quarter of the picture that satisfy a condition. */
  private static double share(
      BufferedImage image, int column, int row, java.util.function.IntPredicate condition) {
    int width = Curves.WIDTH / 2;
    int height = Curves.HEIGHT / 2;
    int count = 0;
    for (int y = row * height; y < (row + 1) * height; y++) {
      for (int x = column * width; x < (column + 1) * width; x++) {
        count += condition.test(image.getRGB(x, y) & 0xffffff) ? 1 : 0;
      }
    }
    return (double) count / (width * height);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void everyQuarterIsLightAndShowsTrainingAndValidation(int epochs) {
    BufferedImage image = draw(Histories.of(epochs, 0.01), Histories.of(epochs, 0.03));
    for (int column = 0; column < 2; column++) {
      for (int row = 0; row < 2; row++) {
        assertTrue(share(image, column, row, p -> p == 0xffffff) > 0.8, "light");
        assertTrue(share(image, column, row, p -> p == BLUE) > 1e-4, "training");
        assertTrue(share(image, column, row, p -> p == RED) > 1e-4, "validation");
      }
    }
  }

  @Test
  void theTwoTrainingsAreDrawnFromTheirOwnFigures() {
    History slow = Histories.of(5, 1e-4);
    History fast = Histories.of(5, 0.5);
    BufferedImage image = draw(slow, fast);
    BufferedImage same = draw(slow, slow);
    assertTrue(differences(image, same, Curves.WIDTH / 2) > 100);
  }

  private static int differences(BufferedImage a, BufferedImage b, int fromX) {
    int count = 0;
    for (int y = 0; y < Curves.HEIGHT; y++) {
      for (int x = fromX; x < Curves.WIDTH; x++) {
        count += a.getRGB(x, y) == b.getRGB(x, y) ? 0 : 1;
      }
    }
    return count;
  }

  @Test
  void trainingThatDivergedIsDrawnAllTheSame() {
    History diverged = Histories.of(3, 1e30);
    assertEquals(Curves.WIDTH, draw(diverged, diverged).getWidth());
  }

  @Test
  void thePictureSurvivesAsPng() throws IOException {
    BufferedImage image = draw(Histories.of(5, 0.01), Histories.of(5, 0.01));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "png", bytes));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    assertNotNull(read);
    assertEquals(Curves.WIDTH, read.getWidth());
    assertEquals(Curves.HEIGHT, read.getHeight());
  }
}
