package io.github.lanewise.kernels.simd;

import static io.github.lanewise.kernels.simd.RandomFloats.floats;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.kernels.KernelSelector;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is computed before C2 has compiled the tiles has their bits, and writes what they write. */
@Tag("every-width")
class PlainTileTest {

  private final Random random = new Random(7);

  @BeforeEach
  void needsVectors() {
    assumeTrue(KernelSelector.kernels().vectorBits() > 0, "scalar kernels are in use");
  }

  @Test
  void everyTileHasTheBitsOfItsPlainForm() {
    for (int vectors = 1; vectors <= Vectors.MOST; vectors++) {
      for (int height = 1; height <= Vectors.maxRows(vectors); height++) {
        if (Vectors.exists(vectors, height)) {
          for (float floor : new float[] {0, Float.NEGATIVE_INFINITY}) {
            float[] c = floats(2000, random);
            float[] plain = Vectors.tile(vectors, height, floor, c, true, new Random(height));
            assertFalse(Arrays.equals(c, plain));
            assertArrayEquals(
                Vectors.tile(vectors, height, floor, c, false, new Random(height)),
                plain,
                height + " rows of " + vectors + " vectors");
          }
        }
      }
    }
  }

  @Test
  void everyTileOfPicturesHasTheBitsOfItsPlainForm() {
    for (int vectors = 1; vectors <= 2; vectors++) {
      for (int remaining : new int[] {8, 12, 40}) {
        float[] c = floats(4000, random);
        float[] plain = Vectors.picture(vectors, remaining, c, true, new Random(remaining));
        assertFalse(Arrays.equals(c, plain));
        assertArrayEquals(
            Vectors.picture(vectors, remaining, c, false, new Random(remaining)), plain);
      }
    }
  }

  /** Keeps the vector classes from being linked where the module is absent. */
  private static final class Vectors {

    static final int MOST = Tile.MAX_VECTORS;

    static int maxRows(int vectors) {
      return Tile.maxRows(vectors);
    }

    static boolean exists(int vectors, int height) {
      return Tile.height(height, vectors) == height;
    }

    static float[] tile(
        int vectors, int height, float floor, float[] c, boolean plain, Random random) {
      int width = vectors * Lanes.COUNT;
      Tile tile = new Tile();
      tile.length = 7;
      tile.distance = 11;
      tile.end = Tile.STRETCHES ? 33 : 11;
      tile.a = floats(200, random);
      tile.rows = new int[height + 1];
      tile.row = 1;
      for (int r = 0; r <= height; r++) {
        tile.rows[r] = 13 * r;
      }
      tile.shift = 5;
      tile.bRow = 2;
      int rows = 2 + 3 * tile.length;
      int last = Lanes.FIRST + (vectors - 1) * Panels.NEXT;
      tile.b = floats(last + rows * Lanes.COUNT, random);
      tile.init = floats(3 + height * width, random);
      tile.initAt = 3;
      tile.initStride = width;
      tile.c = c.clone();
      tile.cAt = 9;
      tile.cStride = width + 5;
      tile.floor = floor;
      if (plain) {
        PlainTile.run(tile, vectors, height);
      } else {
        tile.sum(vectors, height);
      }
      return tile.c;
    }

    static float[] picture(int vectors, int remaining, float[] c, boolean plain, Random random) {
      int width = vectors * Lanes.COUNT;
      int pixels = PictureTile.pixels(remaining, vectors);
      int[] taps = {0, 1, 2, 30, 31, 35};
      float[] input = floats(300, random);
      float[] filter = floats(4 + taps.length * width, random);
      float[] bias = floats(3 + width, random);
      PictureTile tile = new PictureTile(input, taps, filter, bias, 0, c.clone(), width + 5);
      if (plain) {
        PlainTile.run(tile, vectors, pixels, 2, 4, 3, 9);
      } else {
        tile.sum(vectors, pixels, 2, 4, 3, 9);
      }
      return tile.output;
    }
  }
}
