package io.github.lanewise.examples.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.examples.transfer.WeightsOfParts.Part;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.model.WeightReader;
import io.github.lanewise.model.WeightSource;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsOfPartsTest {

  private final Node input = Input.of(2);
  private final Node middle = new Dense(3).name("lower").on(input);
  private final Dense last = new Dense(1).name("upper");
  private final Model whole = new Model(input, last.on(middle));
  private final Model lower = new Model(input, middle);
  private final Node features = Input.of(3);
  private final Model upper = new Model(features, last.on(features));

  private int open;

  /** Weights that all have one value. */
  private WeightSource filled(float value) {
    return model -> {
      open++;
      return new WeightReader() {
        @Override
        public void read(Parameter parameter, float[] to) {
          Arrays.fill(to, value);
        }

        @Override
        public void close() {
          open--;
        }
      };
    };
  }

  @Test
  void eachPartHasTheWeightsOfItsSource() {
    new WeightsOfParts(List.of(new Part(lower, filled(2)), new Part(upper, filled(3)))).load(whole);
    assertArrayEquals(new float[] {2, 2, 2, 2, 2, 2}, values("lower"));
    assertArrayEquals(new float[] {3, 3, 3}, values("upper"));
    assertEquals(0, open);
  }

  private float[] values(String layer) {
    return whole.layer(layer).layer().parameters().get(0).value().toArray();
  }

  @Test
  void aPartThatDoesNotFitClosesThoseBeforeIt() {
    WeightSource unfit =
        model -> {
          throw new WeightException("does not fit");
        };
    WeightSource weights =
        new WeightsOfParts(List.of(new Part(lower, filled(2)), new Part(upper, unfit)));
    assertThrows(WeightException.class, () -> weights.open(whole));
    assertEquals(0, open);
  }

  @Test
  void weightsOfNoPartAreRefused() {
    WeightSource weights = new WeightsOfParts(List.of(new Part(lower, filled(2))));
    assertThrows(IllegalArgumentException.class, () -> weights.load(whole));
    assertEquals(0, open);
  }
}
