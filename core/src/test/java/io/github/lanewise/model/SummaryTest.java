package io.github.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void theTableIsThatOfKeras() {
    Node input = Input.of(32, 32, 3);
    Node x = new Conv2D(64, 3).useBias(false).on(input);
    x = new BatchNormalization().scale(false).on(x);
    x = new Flatten().on(x);
    Model model = new Model("tiny", List.of(input), List.of(new Dense(10).on(x)));
    model.layer("conv2d").setTrainable(false);
    assertEquals(
        """
        Model: "tiny"
        ________________________________________________________________________________________________
        Layer (type)                              Output Shape        Param #  Connected to
        ================================================================================================
        input_1 (InputLayer)                      (None, 32, 32, 3)         0
        conv2d (Conv2D)                           (None, 30, 30, 64)    1,728  input_1[0][0]
        batch_normalization (BatchNormalization)  (None, 30, 30, 64)      192  conv2d[0][0]
        flatten (Flatten)                         (None, 57600)             0  batch_normalization[0][0]
        dense (Dense)                             (None, 10)          576,010  flatten[0][0]
        ================================================================================================
         Total params: 577,930 (2.20 MB)
         Trainable params: 576,074 (2.20 MB)
         Non-trainable params: 1,856 (7.25 KB)
        """,
        model.summary());
  }

  @Test
  void aSharedLayerIsCountedOnceAndItsCallsAreNumbered() {
    Node input = Input.of(4);
    Dense shared = new Dense(4).activation(Activation.RELU).name("shared");
    Node first = shared.on(input);
    Node second = shared.on(first);
    Model model = new Model(input, new Add().on(first, second));
    assertEquals(
        """
        Model: "model"
        _______________________________________________________________________
        Layer (type)          Output Shape  Param #  Connected to
        =======================================================================
        input_1 (InputLayer)  (None, 4)           0
        shared (Dense)        (None, 4)          20  input_1[0][0]
        shared (Dense)        (None, 4)           0  shared[0][0]
        add (Add)             (None, 4)           0  shared[0][0], shared[1][0]
        =======================================================================
         Total params: 20 (80.00 B)
         Trainable params: 20 (80.00 B)
         Non-trainable params: 0 (0.00 B)
        """,
        model.summary());
  }
}
