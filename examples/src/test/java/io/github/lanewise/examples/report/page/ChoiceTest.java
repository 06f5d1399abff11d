package io.github.lanewise.examples.report.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.examples.report.evaluation.FeatureMap;
import io.github.lanewise.examples.report.evaluation.Scores;
import io.github.lanewise.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Which pictures are shown and how, and what is said of the baseline. */
class ChoiceTest {

  private static final Scores SCORES =
      new Scores(
          new float[] {0.9f, 0.1f, 0.25f, 0.75f, 0.99f, 0.3f, 0.95f, 0.01f, 0.8f, 0.6f},
          new int[] {1, 0, 1, 0, 1, 0, 1, 0, 1, 1});

  @Test
  void theMostProbableMistakesComeFirstAndEqualOnesInTheirOrder() {
    assertEquals(List.of(2, 3), PicturesSection.mostWrong(SCORES));
    float[] same = new float[9];
    Arrays.fill(same, 0.75f);
    Scores allWrong = new Scores(same, new int[9]);
    assertEquals(List.of(0, 1, 2, 3, 4, 5), PicturesSection.mostWrong(allWrong));
    assertEquals(List.of(), PicturesSection.mostCertain(allWrong));
  }

  @Test
  void theMostProbableRightAnswersAreAsManyOfEachClass() {
    assertEquals(List.of(7, 1, 5, 4, 6, 0), PicturesSection.mostCertain(SCORES));
  }

  @Test
  void theVerdictSaysWhoIsAheadAndWhetherThatIsChance() {
    // The head is right about 8 of 10.
    assertTrue(verdict(8).contains("does not beat it"), verdict(8));
    assertTrue(verdict(9).contains("behind by 1 picture, which so few"), verdict(9));
    assertTrue(verdict(7).contains("beats the baseline by 1 picture, which so few"), verdict(7));
    assertTrue(verdict(1).contains("beats the baseline by 7 pictures."), verdict(1));
  }

  private static String verdict(int right) {
    return FeaturesSection.verdict(new FeatureMap.Probe(5, 1, right, 10), SCORES);
  }

  @Test
  void aLargePictureIsReducedToTheMeansOfItsPixels() {
    int width = 2 * Thumbnail.SIZE;
    byte[] rgb = new byte[width * 10 * Picture.CHANNELS];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / Picture.CHANNELS % width;
      rgb[i] = (byte) (x % 2 == 0 ? 200 : 100);
    }
    Picture small = Thumbnail.of(new Picture(width, 10, rgb));
    assertEquals(Thumbnail.SIZE, small.width());
    assertEquals(5, small.height());
    byte[] expected = new byte[small.rgb().length];
    Arrays.fill(expected, (byte) 150);
    assertArrayEquals(expected, small.rgb());
  }

  @Test
  void aSmallPictureStaysAndAThinOneKeepsAPixel() {
    Picture picture = new Picture(1, 2, new byte[] {1, 2, 3, 4, 5, 6});
    assertEquals(picture, Thumbnail.of(picture));
    assertEquals(1, Thumbnail.of(new Picture(2000, 1, new byte[6000])).height());
  }

  @Test
  void theUriHoldsThePicture() throws IOException {
    byte[] rgb = new byte[20 * 10 * Picture.CHANNELS];
    Arrays.fill(rgb, (byte) 90);
    String uri = Thumbnail.uri(Thumbnail.image(new Picture(20, 10, rgb)));
    byte[] jpeg = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
    var read = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertEquals(20, read.getWidth());
    assertEquals(90, read.getRGB(10, 5) & 255, 2);
  }

  @Test
  void noProbabilityIsRoundedToCertainty() {
    assertEquals("over 99.99%", Words.probability(1));
    assertEquals("99.99%", Words.probability(0.99994));
    assertEquals("83.5%", Words.percent(0.835));
    assertEquals("–", Words.percent(Double.NaN));
    assertEquals("2,227", Words.rounded(2226.8));
    assertEquals("0.0123", Words.rounded(0.01234));
  }
}
