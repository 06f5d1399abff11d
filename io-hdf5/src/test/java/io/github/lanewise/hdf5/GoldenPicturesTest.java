package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.image.ImageFolder;
import io.github.lanewise.image.Rescale;
import io.github.lanewise.image.Resize;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Photographs read from a folder, beside what Pillow makes of them. */
class GoldenPicturesTest {

  private static final int SIZE = 150;

  @Test
  void photographsHaveTheBitsThatPillowGivesThem() throws IOException {
    String data = System.getProperty("lanewise.data", "");
    Path golden = Path.of(data, "golden", "inception_v3_150.h5");
    assumeTrue(
        !data.isEmpty() && Files.isRegularFile(golden),
        "lanewise.data names no directory with golden/inception_v3_150.h5");
    float[] expected;
    try (HdfFile file = new HdfFile(golden)) {
      expected = (float[]) file.getDatasetByPath("input").getDataFlat();
    }
    ImageFolder folder =
        ImageFolder.of(Path.of(data, "cats_and_dogs", "train"), SIZE, SIZE)
            .resize(Resize.NEAREST)
            .rescale(Rescale.SYMMETRIC)
            .open();
    int values = folder.sampleShape().size();
    assertEquals(2 * values, expected.length);
    int sample = 0;
    for (String name : List.of("cat.0.jpg", "dog.0.jpg")) {
      float[] found = new float[values];
      folder.read(indexOf(folder, name), found, 0, new float[1], 0);
      float[] golds = Arrays.copyOfRange(expected, sample * values, (sample + 1) * values);
      assertArrayEquals(golds, found, name);
      sample++;
    }
  }

  private static int indexOf(ImageFolder folder, String name) {
    for (int i = 0; i < folder.size(); i++) {
      if (folder.file(i).endsWith(name)) {
        return i;
      }
    }
    throw new AssertionError("no " + name);
  }
}
