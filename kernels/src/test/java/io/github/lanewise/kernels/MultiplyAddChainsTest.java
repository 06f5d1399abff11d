package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-width")
class MultiplyAddChainsTest {

  @Test
  void operationsGrowWithTheTurnsAndTheWidth() {
    Kernels kernels = KernelSelector.kernels();
    int lanes = Math.max(1, kernels.vectorBits() / Float.SIZE);
    long perTurn = kernels.multiplyAddChains(1);
    assertEquals(0, perTurn % (2 * lanes));
    assertTrue(perTurn >= 2 * lanes);
    assertEquals(1000 * perTurn, kernels.multiplyAddChains(1000));
  }
}
