package io.github.lanewise.kernels;

import io.github.lanewise.kernels.scalar.ScalarKernels;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The only place that decides which kernels run: SIMD where the module {@code jdk.incubator.vector}
 * is in the boot layer, else scalar, after one log line that names the missing flag. The system
 * property {@value #VECTOR_BITS} forces 0 (scalar), 128, 256 or 512 bits.
 */
public final class KernelSelector {

  /** System property that forces the width of vectors. */
  public static final String VECTOR_BITS = "lanewise.vectorBits";

  /**
   * The name of the system property that, set to {@code false}, has the largest loops run from the
   * first call on, compiled or not, and no thread warm them up.
   */
  public static final String WARM_UP = "lanewise.warmUp";

  private static final String MODULE = "jdk.incubator.vector";

  private KernelSelector() {}

  /** The kernels of this JVM, chosen at the first call. */
  public static Kernels kernels() {
    return Holder.KERNELS;
  }

  /** Whether the vector module is in the boot layer. */
  public static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static Kernels select() {
    String forced = System.getProperty(VECTOR_BITS);
    int bits = forced == null ? -1 : parse(forced);
    if (bits == 0) {
      return new ScalarKernels();
    }
    if (!vectorModulePresent()) {
      Logger logger = System.getLogger(KernelSelector.class.getName());
      logger.log(
          Level.WARNING,
          "Running on slow scalar kernels: start java with --add-modules " + MODULE + " for SIMD");
      return new ScalarKernels();
    }
    return SimdAccess.open(bits);
  }

  private static int parse(String forced) {
    return switch (forced) {
      case "0" -> 0;
      case "128" -> 128;
      case "256" -> 256;
      case "512" -> 512;
      default ->
          throw new IllegalArgumentException(
              "System property "
                  + VECTOR_BITS
                  + ": expected 0, 128, 256 or 512, found '"
                  + forced
                  + "'");
    };
  }

  private static final class Holder {
    static final Kernels KERNELS = select();
  }

  /** Keeps the vector classes from being linked where the module is absent. */
  private static final class SimdAccess {
    static Kernels open(int bits) {
      return io.github.lanewise.kernels.simd.SimdKernels.open(bits);
    }
  }
}
