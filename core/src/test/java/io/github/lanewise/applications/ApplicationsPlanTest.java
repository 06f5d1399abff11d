package io.github.lanewise.applications;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plans fold, fuse and join; the outputs remain those of the layers one by one. */
class ApplicationsPlanTest {

  @Test
  void aPlanOfResnetGivesWhatItsLayersGive() {
    assertPlanAgrees(ResNet.RESNET50.notop(64, 64));
  }

  @Test
  void aPlanOfResnetV2GivesWhatItsLayersGive() {
    assertPlanAgrees(ResNetV2.RESNET50V2.notop(64, 64));
  }

  @Test
  void aPlanOfDensenetGivesWhatItsLayersGive() {
    assertPlanAgrees(DenseNet.DENSENET121.notop(64, 64));
  }

  @Test
  void aPlanOfMobileNetV2GivesWhatItsLayersGive() {
    assertPlanAgrees(MobileNetV2.notop(64, 64));
  }

  @Test
  void aPlanOfInceptionResNetV2GivesWhatItsLayersGive() {
    assertPlanAgrees(InceptionResNetV2.notop(75, 75));
  }

  @Test
  void aPlanOfNasnetGivesWhatItsLayersGive() {
    assertPlanAgrees(NASNet.NASNETMOBILE.notop(32, 45));
  }

  @Test
  void aPlanOfEfficientNetGivesWhatItsLayersGive() {
    assertPlanAgrees(EfficientNet.B0.notop(64, 64));
  }

  @Test
  void aPlanOfMobileNetV3GivesWhatItsLayersGive() {
    assertPlanAgrees(MobileNetV3.small().notop(64, 64));
  }

  private static void assertPlanAgrees(Model model) {
    Random random = new Random(7);
    for (Parameter parameter : model.parameters()) {
      if (parameter.shape().rank() == 1) {
        boolean positive = parameter.name().matches("gamma|(moving_)?variance");
        float[] values = new float[parameter.shape().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = positive ? 0.5f + random.nextFloat() : 0.2f * random.nextFloat() - 0.1f;
        }
        parameter.assign(values);
      }
    }
    Shape shape = model.input().shape().withoutBatch().prepend(1);
    float[] pixels = new float[shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat() * 2 - 1;
    }
    Tensor x = Tensor.of(shape, pixels);
    float[] expected = values(model.forward(x));
    float[] found = values(InferencePlan.compile(model).session(1).run(x).get(0));
    float max = 0;
    for (float value : expected) {
      max = Math.max(max, Math.abs(value));
    }
    assertTrue(max > 0 && Float.isFinite(max), "largest output: " + max);
    assertArrayEquals(expected, found, 1e-4f * max);
  }

  private static float[] values(Tensor tensor) {
    return Arrays.copyOfRange(
        tensor.data(), tensor.offset(), tensor.offset() + tensor.shape().size());
  }
}
