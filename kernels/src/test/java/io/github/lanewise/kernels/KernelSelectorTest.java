package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-width")
class KernelSelectorTest {

  private final String forced = System.getProperty(KernelSelector.VECTOR_BITS, "");

  @Test
  void theForcedWidthIsTheOneUsed() {
    assumeTrue(!forced.isEmpty() && KernelSelector.vectorModulePresent(), "no width is forced");
    assertEquals(Integer.parseInt(forced), KernelSelector.kernels().vectorBits());
  }

  @Test
  void withoutTheVectorModuleTheKernelsAreScalar() {
    assumeTrue(!KernelSelector.vectorModulePresent(), "the vector module is present");
    assertEquals(0, KernelSelector.kernels().vectorBits());
  }

  @Test
  void withTheVectorModuleAndNoForcedWidthTheKernelsUseVectors() {
    assumeTrue(forced.isEmpty() && KernelSelector.vectorModulePresent(), "a width is forced");
    assertTrue(KernelSelector.kernels().vectorBits() >= 64);
  }

  @Test
  void theKernelsAreChosenOnce() {
    assertSame(KernelSelector.kernels(), KernelSelector.kernels());
  }
}
