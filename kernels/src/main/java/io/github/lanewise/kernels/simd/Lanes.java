package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.KernelSelector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of vectors in this JVM, constant so that C2 compiles for it. There is one species of
 * floats: as soon as a second one has been used, C2 of JDK 17 no longer knows what a {@code
 * FloatVector} is, and leaves the vectors of the largest kernels in boxes.
 */
final class Lanes {

  /** The species that all SIMD kernels use. */
  static final VectorSpecies<Float> SPECIES = species();

  /** Doubles in vectors of the same width. */
  static final VectorSpecies<Double> DOUBLES = SPECIES.withLanes(double.class);

  /** Integers in vectors of the same width. */
  static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

  /** Floats in a vector. */
  static final int COUNT = SPECIES.length();

  /**
   * The float of a large array from which on vectors lie at multiples of their size, where arrays
   * start at multiples of 64 bytes: HotSpot's floats begin 16 bytes behind that. All arrays do so
   * with {@code -XX:ObjectAlignmentInBytes=64}; without it those that the G1 collector gives
   * regions of their own. Elsewhere this float is as good as any other.
   */
  static final int FIRST = 12;

  /**
   * Whether the machine has 32 vector registers rather than 16, for the accumulators of a tile and
   * what it loads: with AVX-512 and on AArch64.
   */
  static final boolean MANY_REGISTERS =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() == 512
          || System.getProperty("os.arch", "").equals("aarch64");

  private Lanes() {}

  /** The lower half of the floats, as doubles. */
  static DoubleVector low(FloatVector floats) {
    return (DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  /** The upper half of the floats, as doubles. */
  static DoubleVector high(FloatVector floats) {
    return (DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, 1);
  }

  private static VectorSpecies<Float> species() {
    int bits = Integer.getInteger(KernelSelector.VECTOR_BITS, 0);
    return bits == 0
        ? FloatVector.SPECIES_PREFERRED
        : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }
}
