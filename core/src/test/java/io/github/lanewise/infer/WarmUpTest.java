package io.github.lanewise.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final long MILLIS = TimeUnit.SECONDS.toMillis(60);

  @Test
  void theFirstPredictionHasTheBitsOfLaterOnesAndTheThreadThatWarmsUpEnds() throws Exception {
    Node input = Input.of(31, 31, 3);
    Node x = new Conv2D(32, 3).strides(2).activation(Activation.RELU).on(input);
    x = new Conv2D(48, 3).activation(Activation.RELU).on(x);
    x = new MaxPooling2D(3).strides(2).on(x);
    x = new Conv2D(80, 1).on(x);
    InferenceSession session =
        InferencePlan.compile(new Model(input, x)).session(Compute.threads(2), 2);
    SplittableRandom random = new SplittableRandom(3);
    Tensor images = Tensor.zeros(2, 31, 31, 3);
    for (int i = 0; i < images.size(); i++) {
      images.data()[i] = (float) random.nextDouble();
    }
    float[] first = session.run(images).get(0).toArray();
    long end = System.currentTimeMillis() + MILLIS;
    while (warmingUp() && System.currentTimeMillis() < end) {
      session.run(images);
    }
    assertFalse(warmingUp(), "after " + MILLIS + " ms");
    assertArrayEquals(first, session.run(images).get(0).toArray());
  }

  private static boolean warmingUp() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals("lanewise-warm-up"));
  }
}
