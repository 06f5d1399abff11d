package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GradCamTest {

  private static final float STEP = 1e-2f;
  private final Compute compute = Compute.standard();

  private static Model net(int units, Activation activation) {
    Node in = Input.of(7, 6, 2);
    Node seen = new Conv2D(3, 3, 3).name("seen").on(in);
    Node bent = new Conv2D(4, 2, 2).activation(Activation.SIGMOID).on(seen);
    return new Model(in, new Dense(units).activation(activation).on(new Flatten().on(bent)));
  }

  private static Tensor picture() {
    Random random = new Random(5);
    Tensor x = Tensor.zeros(1, 7, 6, 2);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** The logit of a sigmoid, or the linear output itself. */
  private double score(Model model, Tensor seen, int output) {
    Node layer = model.layer("seen").output();
    Tape tape = new Tape(compute);
    Tensor p = model.forward(tape, Map.of(layer, seen), List.of(model.output()), false).get(0);
    double at = p.get(0, output);
    return p.size() == 1 ? Math.log(at / (1 - at)) : at;
  }

  /** By finite differences alone. */
  private float[] estimate(Model model, Tensor x, int output, int sign) {
    Tensor seen = new Model(model.input(), model.layer("seen").output()).forward(x);
    double[] weights = new double[3];
    for (int i = 0; i < seen.size(); i++) {
      Tensor up = seen.copy();
      Tensor down = seen.copy();
      up.data()[i] += STEP;
      down.data()[i] -= STEP;
      double slope = (score(model, up, output) - score(model, down, output)) / (2 * STEP);
      weights[i % 3] += sign * slope / 20;
    }
    float[] map = new float[20];
    for (int i = 0; i < seen.size(); i++) {
      map[i / 3] += (float) (weights[i % 3] * seen.data()[i]);
    }
    for (int i = 0; i < map.length; i++) {
      map[i] = Math.max(map[i], 0);
    }
    return map;
  }

  private static void assertSame(float[] expected, Tensor found) {
    assertEquals(Shape.of(5, 4), found.shape());
    double greatest = 0;
    for (float value : expected) {
      greatest = Math.max(greatest, value);
    }
    assertTrue(greatest > 1e-3, "nothing to see: " + greatest);
    assertArrayEquals(expected, found.toArray(), (float) (1e-2 * greatest));
  }

  @Test
  void theMapOfASigmoidIsThatOfFiniteDifferencesOfItsLogit() {
    Model model = net(1, Activation.SIGMOID);
    GradCam cam = new GradCam(model, "seen", compute);
    assertSame(estimate(model, picture(), 0, 1), cam.heatMap(picture(), 0, false));
    assertSame(estimate(model, picture(), 0, -1), cam.heatMap(picture(), 0, true));
    boolean against = model.forward(picture()).get(0, 0) <= 0.5f;
    assertArrayEquals(
        cam.heatMap(picture(), 0, against).toArray(), cam.predicted(picture()).toArray());
  }

  @Test
  void theMapOfALinearOutputIsThatOfFiniteDifferences() {
    Model model = net(3, Activation.LINEAR);
    GradCam cam = new GradCam(model, "seen", compute);
    for (int output = 0; output < 3; output++) {
      assertSame(estimate(model, picture(), output, 1), cam.heatMap(picture(), output, false));
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Model model = net(1, Activation.SIGMOID);
    GradCam cam = new GradCam(model, "seen", compute);
    assertThrows(ShapeException.class, () -> cam.predicted(Tensor.zeros(2, 7, 6, 2)));
    assertThrows(IllegalArgumentException.class, () -> cam.heatMap(picture(), 1, false));
    assertThrows(IllegalArgumentException.class, () -> new GradCam(model, "unseen", compute));
    assertThrows(ShapeException.class, () -> new GradCam(model, "dense", compute));
  }
}
