package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReduceLROnPlateauTest {

  private final CompiledModel compiled =
      CompiledModel.compile(Tasks.logistic(), new SGD(0.5), Loss.BINARY_CROSSENTROPY);

  /** The rates that are logged, epoch by epoch, where the figure has these values. */
  private List<Double> rates(ReduceLROnPlateau callback, String figure, double... values) {
    Callback script =
        new Callback() {
          @Override
          public void onEpochEnd(CompiledModel m, int epoch, Map<String, Double> logs) {
            logs.put(figure, values[epoch]);
          }
        };
    FitOptions options =
        new FitOptions().epochs(values.length).batchSize(8).callbacks(script, callback);
    return compiled.fit(Tasks.halfPlanes(8, 1), options).get("learning_rate");
  }

  @Test
  void theRateIsReducedAfterItsPatience() {
    ReduceLROnPlateau callback = new ReduceLROnPlateau("val_loss", 0.5, 2);
    List<Double> rates = rates(callback, "val_loss", 3, 2, 2, 2, 2, 2, 1, 1);
    assertEquals(List.of(0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125), rates);
    assertEquals(0.125f, compiled.optimizer().learningRate());
  }

  @Test
  void anImprovementBelowTheMinDeltaIsNone() {
    ReduceLROnPlateau callback = new ReduceLROnPlateau("val_loss", 0.5, 1, Mode.AUTO, 0.1, 0, 0);
    assertEquals(List.of(0.5, 0.5, 0.25), rates(callback, "val_loss", 1, 0.95, 0.8));
    assertEquals(0.25f, compiled.optimizer().learningRate());
  }

  @Test
  void epochsOfTheCooldownAreNotCounted() {
    ReduceLROnPlateau callback = new ReduceLROnPlateau("val_loss", 0.5, 1, Mode.AUTO, 0, 2, 0);
    List<Double> rates = rates(callback, "val_loss", 1, 1, 1, 1, 1);
    assertEquals(List.of(0.5, 0.5, 0.25, 0.25, 0.125), rates);
  }

  @Test
  void theRateDoesNotGoBelowItsLowerBound() {
    ReduceLROnPlateau callback = new ReduceLROnPlateau("val_loss", 0.1, 1, Mode.AUTO, 0, 0, 0.2);
    List<Double> rates = rates(callback, "val_loss", 1, 1, 1, 1);
    assertEquals(List.of(0.5, 0.5, (double) 0.2f, (double) 0.2f), rates);
  }

  @Test
  void ofAnAccuracyAndInModeMaxMoreIsBetter() {
    ReduceLROnPlateau accuracy = new ReduceLROnPlateau("val_accuracy", 0.5, 1);
    assertEquals(List.of(0.5, 0.5, 0.5), rates(accuracy, "val_accuracy", 0.1, 0.2, 0.3));
    ReduceLROnPlateau max = new ReduceLROnPlateau("my_loss", 0.5, 1, Mode.MAX, 0, 0, 0);
    assertEquals(List.of(0.5, 0.5, 0.5), rates(max, "my_loss", 1, 2, 3));
    assertEquals(0.5f, compiled.optimizer().learningRate());
  }

  @Test
  void itStartsAnewWithEachFit() {
    ReduceLROnPlateau callback = new ReduceLROnPlateau("val_loss", 0.5, 2);
    assertEquals(List.of(0.5, 0.5), rates(callback, "val_loss", 1, 1));
    assertEquals(List.of(0.5, 0.5, 0.5), rates(callback, "val_loss", 3, 3, 2));
    assertEquals(0.5f, compiled.optimizer().learningRate());
  }

  @Test
  void argumentsOutOfTheirRangeAreRefused() {
    IllegalArgumentException factor =
        assertThrows(IllegalArgumentException.class, () -> new ReduceLROnPlateau("val_loss", 1, 1));
    assertEquals("factor: expected at least 0 and below 1, found 1.0", factor.getMessage());
    IllegalArgumentException patience =
        assertThrows(
            IllegalArgumentException.class, () -> new ReduceLROnPlateau("val_loss", 0.1, -1));
    assertEquals(
        "patience and cooldown: expected at least 0, found -1 and 0", patience.getMessage());
  }
}
