package io.github.lanewise.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CacheLinesTest {

  @Test
  void rowsAreTheLeastOddNumberOfLinesApartThatHoldsThem() {
    for (int floats = 1; floats < 5_000; floats++) {
      int spread = CacheLines.spread(floats);
      assertTrue(spread >= floats && spread < floats + 32, floats + " became " + spread);
      assertEquals(16, spread % 32, "of an odd number of lines of 16: " + spread);
    }
  }
}
