package io.github.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each element of each gradient against the central difference of fourth order, {@code (8 (f(e) -
 * f(-e)) - (f(2e) - f(-2e))) / 12e}, of the output's product with random weights.
 *
 * <p>With e = 1/64 and inputs as in {@link OpCases} its own error, {@code e^4 f''''' / 30}, is
 * below 1e-5. That of floats is larger: an output near 1 is rounded by 2^-24, which the division by
 * e makes 4e-6, for each output that an element reaches (up to 50). Hence a tolerance of 2e-4 of
 * the largest gradient of the input, three times what is found; mistakes, such as a forgotten
 * border, are of the order of a tenth.
 */
class OpGradientTest {

  private static final float STEP = 1 / 64f;

  private static final double TOLERANCE = 2e-4;

  private final Compute compute = Compute.threads(1);

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.github.lanewise.op.OpCases#all")
  void theGradientIsTheCentralDifference(OpCase c) {
    Tensor weights = new SeededTensors(7).like(c.outputShape());
    List<Tensor> gradients = c.backward(compute, weights);
    for (int place : c.differentiable()) {
      float[] gradient = gradients.get(place).toArray();
      double largest = 0;
      for (float g : gradient) {
        largest = Math.max(largest, Math.abs(g));
      }
      for (int i = 0; i < gradient.length; i++) {
        double difference =
            (8 * difference(c, place, i, STEP, weights)
                    - difference(c, place, i, 2 * STEP, weights))
                / (12 * STEP);
        assertEquals(
            difference, gradient[i], TOLERANCE * largest, "input " + place + ", element " + i);
      }
    }
  }

  /** How much the weighted output grows from {@code -step} to {@code step}. */
  private double difference(OpCase c, int place, int element, float step, Tensor weights) {
    float[] above = at(c, place, element, step);
    float[] below = at(c, place, element, -step);
    double sum = 0;
    for (int i = 0; i < above.length; i++) {
      sum += weights.data()[i] * ((double) above[i] - below[i]);
    }
    return sum;
  }

  private float[] at(OpCase c, int place, int element, float step) {
    List<Tensor> inputs = c.copies();
    inputs.get(place).data()[element] += step;
    return c.forward(compute, inputs).data();
  }

  @Test
  void everyOpHasACase() throws IOException, URISyntaxException {
    Set<String> tried =
        OpCases.all().stream()
            .map(c -> c.op().name())
            .collect(Collectors.toCollection(TreeSet::new));
    Path classes =
        Path.of(Op.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(Op.class.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.list(classes)) {
      Set<String> ops =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".class"))
              .map(f -> load(f.substring(0, f.length() - ".class".length())))
              .filter(type -> type.isRecord() && Op.class.isAssignableFrom(type))
              .map(Class::getSimpleName)
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(ops, tried);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(Op.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      return fail(e);
    }
  }
}
