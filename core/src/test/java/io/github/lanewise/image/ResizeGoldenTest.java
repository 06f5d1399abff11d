package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Against Pillow, and TensorFlow's formula in NumPy, kept by {@code make_resize.py}. */
class ResizeGoldenTest {

  private static final String GOLDEN = "resize.gz.base64.txt";

  /** Half of a 128th of a level is what the golden file's rounding takes. */
  private static final double ROUNDING = 0.5 / 128 + 1e-4;

  private static float[] resized(Resize resize, Picture picture, int height, int width) {
    float[] output = new float[height * width * Picture.CHANNELS];
    resize.apply(picture, height, width, output, 0);
    return output;
  }

  @Test
  void picturesHaveTheBytesOfPillowAndTheValuesOfTensorFlow() throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new GZIPInputStream(
                Base64.getMimeDecoder()
                    .wrap(
                        Objects.requireNonNull(
                            ResizeGoldenTest.class.getResourceAsStream(GOLDEN), GOLDEN))))) {
      int fromHeight = in.readInt();
      int fromWidth = in.readInt();
      int cases = in.readInt();
      assertEquals(7, cases);
      byte[] rgb = in.readNBytes(fromHeight * fromWidth * Picture.CHANNELS);
      Picture picture = new Picture(fromWidth, fromHeight, rgb);
      for (int c = 0; c < cases; c++) {
        int height = in.readInt();
        int width = in.readInt();
        String to = " to " + height + " x " + width + ", value ";
        for (Resize resize : new Resize[] {Resize.NEAREST, Resize.BILINEAR_ANTIALIAS}) {
          float[] actual = resized(resize, picture, height, width);
          for (int i = 0; i < actual.length; i++) {
            assertEquals(in.readUnsignedByte(), actual[i], resize + to + i);
          }
        }
        float[] actual = resized(Resize.BILINEAR, picture, height, width);
        for (int i = 0; i < actual.length; i++) {
          assertEquals(in.readUnsignedShort() / 128.0, actual[i], ROUNDING, "BILINEAR" + to + i);
        }
      }
      assertEquals(-1, in.read());
    }
  }
}
