package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against what Keras itself made, kept by {@code make_image_data_generator.py}. */
class ImageDataGeneratorKerasTest {

  private static final String GOLDEN = "image_data_generator.gz.base64.txt";
  private static final FillMode[] MODES = {
    FillMode.NEAREST, FillMode.CONSTANT, FillMode.REFLECT, FillMode.WRAP
  };

  private static DataInputStream golden() throws IOException {
    return new DataInputStream(
        new GZIPInputStream(
            Base64.getMimeDecoder()
                .wrap(
                    Objects.requireNonNull(
                        ImageDataGeneratorKerasTest.class.getResourceAsStream(GOLDEN), GOLDEN))));
  }

  private static Tensor picture(DataInputStream in, Shape shape) throws IOException {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readUnsignedByte();
    }
    return Tensor.of(shape, values);
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static ImageTransform transform(DataInputStream in) throws IOException {
    double[] numbers = new double[8];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return new ImageTransform(
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        in.readBoolean(),
        in.readBoolean(),
        orNull(numbers[6]),
        orNull(numbers[7]));
  }

  @Test
  void fiftyTransformsGiveTheLevelsOfKerasInEveryFillMode() throws IOException {
    try (DataInputStream in = golden()) {
      Shape shape = Shape.of(in.readInt(), in.readInt(), in.readInt());
      int cases = in.readInt();
      Tensor picture = picture(in, shape);
      int[] pixels = new int[MODES.length];
      int[] equal = new int[MODES.length];
      for (int i = 0; i < cases; i++) {
        int mode = in.readInt();
        ImageDataGenerator generator =
            new ImageDataGenerator().fillMode(MODES[mode]).cval(in.readDouble());
        float[] actual = generator.applyTransform(picture, transform(in)).toArray();
        float[] expected = picture(in, shape).toArray();
        for (int p = 0; p < actual.length; p += 3) {
          boolean same = true;
          for (int c = 0; c < 3; c++) {
            // Half a level is what the golden file's rounding takes.
            same &= Math.abs(actual[p + c] - expected[p + c]) <= 0.501f;
          }
          pixels[mode]++;
          equal[mode] += same ? 1 : 0;
        }
      }
      assertEquals(50, cases);
      for (int mode = 0; mode < MODES.length; mode++) {
        String found = MODES[mode] + ": " + equal[mode] + " of " + pixels[mode] + " pixels";
        assertTrue(pixels[mode] >= 12 * 24 * 20, found);
        assertTrue(equal[mode] >= 0.999 * pixels[mode], found);
      }
    }
  }
}
