package io.github.lanewise.kernels.simd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first-level data cache of a core, as far as kernels depend on it. */
final class FirstLevelCache {

  private static final Path LINUX_WAYS =
      Path.of("/sys/devices/system/cpu/cpu0/cache/index0/ways_of_associativity");

  /** Its ways where the system does not tell: what most processors have at least. */
  private static final int USUAL_WAYS = 8;

  /** Lines that it holds of addresses which are a multiple of 4 KB apart. */
  static final int WAYS = ways();

  private FirstLevelCache() {}

  private static int ways() {
    try {
      return Integer.parseInt(Files.readString(LINUX_WAYS).strip());
    } catch (IOException | NumberFormatException | SecurityException e) {
      return USUAL_WAYS;
    }
  }
}
