package io.github.lanewise.examples.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.image.Rescale;
import io.github.lanewise.tensor.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrawnPicturesTest {

  private static DrawnPictures draw(long seed) {
    return DrawnPictures.draw(8, 60, Rescale.UNIT, seed);
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    DrawnPictures first = draw(7);
    DrawnPictures second = draw(7);
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.picture(i).rgb(), second.picture(i).rgb());
    }
  }

  @Test
  void allPicturesDifferFromEachOtherAndFromThoseOfAnotherSeed() {
    Set<Integer> hashes = new HashSet<>();
    for (DrawnPictures pictures : List.of(draw(7), draw(8))) {
      for (int i = 0; i < pictures.size(); i++) {
        hashes.add(Arrays.hashCode(pictures.picture(i).rgb()));
      }
    }
    assertEquals(16, hashes.size());
  }

  @Test
  void thePartsOfASampleShareNoPicture() {
    Sample sample = new Sample(3, 40);
    Set<Integer> hashes = new HashSet<>();
    int count = 0;
    for (DrawnPictures part :
        List.of(sample.training(Rescale.UNIT), sample.validation(Rescale.UNIT))) {
      for (int i = 0; i < part.size(); i++) {
        hashes.add(Arrays.hashCode(part.picture(i).rgb()));
        count++;
      }
    }
    assertEquals(800, count);
    assertEquals(count, hashes.size());
  }

  @Test
  void halfAreCatsAndHalfAreDogs() {
    DrawnPictures pictures = draw(7);
    assertEquals(List.of("cats", "dogs"), DrawnPictures.classNames());
    assertEquals(Shape.of(60, 60, 3), pictures.sampleShape());
    float[] x = new float[pictures.sampleShape().size()];
    for (int i = 0; i < pictures.size(); i++) {
      float[] y = new float[1];
      assertTrue(pictures.read(i, x, 0, y, 0));
      assertEquals(i < 4 ? 0 : 1, y[0]);
    }
  }

  @Test
  void valuesAreRescaledAndSpreadWide() {
    float[] x = DrawnPictures.draw(8, 60, Rescale.SYMMETRIC, 7).all().toArray();
    float smallest = 1;
    float largest = -1;
    for (float value : x) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    assertTrue(smallest >= -1 && smallest < -0.8, "smallest " + smallest);
    assertTrue(largest <= 1 && largest > 0.8, "largest " + largest);
  }

  @Test
  void anOddNumberIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> DrawnPictures.draw(3, 60, Rescale.UNIT, 0));
    assertFalse(draw(0).size() % 2 == 1);
  }
}
