package io.github.lanewise.kernels.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.kernels.KernelSelector;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-width")
class SimdExpTest {

  @BeforeEach
  void needsVectors() {
    assumeTrue(KernelSelector.kernels().vectorBits() > 0, "scalar kernels are in use");
  }

  /** Keeps the vector classes from being linked where the module is absent. */
  private static final class Vectors {
    static float[] exp(float[] x) {
      int lanes = Lanes.SPECIES.length();
      float[] padded = Arrays.copyOf(x, (x.length + lanes - 1) / lanes * lanes);
      for (int i = 0; i < padded.length; i += lanes) {
        SimdExp.exp(FloatVector.fromArray(Lanes.SPECIES, padded, i)).intoArray(padded, i);
      }
      return Arrays.copyOf(padded, x.length);
    }
  }

  @Test
  void theRelativeErrorIsBelow1point5e7WhereTheResultIsNormal() {
    int count = 2_000_000;
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (-87.3 + i * (88.72 + 87.3) / count);
    }
    float[] y = Vectors.exp(x);
    double worst = 0;
    for (int i = 0; i < count; i++) {
      double expected = Math.exp(x[i]);
      worst = Math.max(worst, Math.abs(y[i] - expected) / expected);
    }
    assertTrue(worst < 1.5e-7, "worst relative error: " + worst);
  }

  @Test
  void smallResultsBecomeSubnormalAndThenZero() {
    float[] x = new float[2_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = -87.3f - 0.01f * i;
    }
    float[] y = Vectors.exp(x);
    for (int i = 0; i < x.length; i++) {
      double expected = Math.exp(x[i]);
      assertEquals(expected, y[i], 1.5e-7 * expected + Float.MIN_VALUE, "exp of " + x[i]);
    }
  }

  @Test
  void specialValuesAreThoseOfMathExp() {
    float[] x = {
      0,
      -0f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      88.8f,
      1e30f,
      Float.MAX_VALUE,
      -1e30f,
      -Float.MAX_VALUE,
      -150,
      Float.MIN_VALUE
    };
    float[] y = Vectors.exp(x);
    for (int i = 0; i < x.length; i++) {
      assertEquals((float) Math.exp(x[i]), y[i], "exp of " + x[i]);
    }
  }

  @Test
  void theLargestFiniteResultIsFinite() {
    float[] y = Vectors.exp(new float[] {88.72283f, 88.72284f});
    assertEquals(Math.exp(88.72283f), y[0], 1.5e-7 * Math.exp(88.72283f));
    assertEquals(Float.POSITIVE_INFINITY, y[1]);
  }
}
