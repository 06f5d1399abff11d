package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The rarer arguments of Keras's callbacks. */
class CallbackArgumentsTest {

  private final Model model = Tasks.logistic();
  private final CompiledModel compiled =
      CompiledModel.compile(model, new SGD(0.5), Loss.BINARY_CROSSENTROPY, new Accuracy());
  private final List<String> saved = new ArrayList<>();

  /** Sets a figure epoch by epoch, and makes the epoch known by a weight. */
  private Callback scripted(String name, double... values) {
    return new Callback() {
      @Override
      public void onEpochEnd(CompiledModel trained, int epoch, Map<String, Double> logs) {
        logs.put(name, values[epoch]);
        model.parameters().get(1).assign(epoch);
      }
    };
  }

  /** Two steps an epoch. */
  private History fit(int epochs, Callback... callbacks) {
    FitOptions options = new FitOptions().epochs(epochs).batchSize(8).callbacks(callbacks);
    return compiled.fit(Tasks.halfPlanes(16, 1), options);
  }

  private double epochOfTheWeights() {
    return model.parameters().get(1).value().item();
  }

  private ModelCheckpoint checkpoint(String file, String monitor, boolean bestOnly) {
    return new ModelCheckpoint(file, monitor, bestOnly, (m, f) -> saved.add(f.toString()));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void earlyStoppingLooksAtNothingBeforeItsFirstEpoch() {
    Callback losses = scripted("val_loss", 0, 9, 3, 4, 4, 4);
    EarlyStopping stopping = new EarlyStopping("val_loss", 0, 2, true).startFromEpoch(2);
    // The 0 of epoch 0 does not count: 3 is the best, and two epochs are not better.
    assertEquals(5, fit(6, losses, stopping).epochs());
    assertEquals(2, epochOfTheWeights());
    assertRefused(
        "start_from_epoch: expected at least 0, found -1", () -> stopping.startFromEpoch(-1));
  }

  @Test
  void improvementsThatDoNotReachTheBaselineDoNotEndTheWaiting() {
    Callback losses = scripted("val_loss", 9, 8, 7, 7.5, 1, 1);
    EarlyStopping stopping = new EarlyStopping("val_loss", 0, 3, true).baseline(5);
    // As in Keras, an epoch that improves never stops: not the third, but the fourth does.
    assertEquals(4, fit(6, losses, stopping).epochs());
    assertEquals(2, epochOfTheWeights());
  }

  @Test
  void improvementsBeyondTheBaselineEndTheWaiting() {
    Callback losses = scripted("val_accuracy", 0.1, 0.2, 0.6, 0.5, 0.7, 0.7, 0.7);
    EarlyStopping stopping = new EarlyStopping("val_accuracy", 0, 2, false).baseline(0.5);
    assertEquals(7, fit(7, losses, stopping).epochs());
    assertRefused("baseline: expected a number, found NaN", () -> stopping.baseline(Double.NaN));
  }

  @Test
  void aCheckpointCanBeSavedEverySoManySteps() {
    // Steps 3 and 6 of 6, two an epoch: the first of epoch 2, the second of epoch 3.
    fit(3, checkpoint("e{epoch:02d}-b{batch:03d}.h5", "loss", false).saveFreq(3));
    assertEquals(List.of("e02-b001.h5", "e03-b002.h5"), saved);
    assertRefused(
        "save_freq: expected at least 1, found 0",
        () -> checkpoint("a", "loss", false).saveFreq(0));
  }

  @Test
  void ofStepsTooOnlyTheBestAreSaved() {
    List<Double> losses = new ArrayList<>();
    Callback teller =
        new Callback() {
          @Override
          public void onBatchEnd(CompiledModel m, int batch, int n, Map<String, Double> logs) {
            losses.add(logs.get("loss"));
          }
        };
    fit(4, teller, checkpoint("{epoch}.{batch}", "loss", true).saveFreq(1));
    List<String> expected = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < losses.size(); i++) {
      if (losses.get(i) < best) {
        best = losses.get(i);
        expected.add((i / 2 + 1) + "." + (i % 2 + 1));
      }
    }
    assertEquals(expected, saved);
  }

  @Test
  void stepsAreCountedOnWhereTrainingGoesOn() {
    ModelCheckpoint before = checkpoint("b{batch}", "loss", false).saveFreq(3);
    before.onTrainBegin(compiled);
    before.onBatchEnd(compiled, 0, 9, Map.of());
    before.onBatchEnd(compiled, 1, 9, Map.of());
    ModelCheckpoint after = checkpoint("b{batch}", "loss", false).saveFreq(3);
    after.onTrainBegin(compiled);
    after.setState(before.state());
    after.onBatchEnd(compiled, 2, 9, Map.of());
    assertEquals(List.of("b3"), saved);
  }

  @Test
  void onlyWhatIsBetterThanTheThresholdIsSavedInEachFit() {
    ModelCheckpoint checkpoint =
        checkpoint("{epoch}", "val_accuracy", true).initialValueThreshold(0.6);
    fit(5, scripted("val_accuracy", 0.5, 0.6, 0.7, 0.65, 0.8), checkpoint);
    assertEquals(List.of("3", "5"), saved);
    saved.clear();
    fit(2, scripted("val_accuracy", 0.3, 0.65), checkpoint);
    assertEquals(List.of("2"), saved);
  }

  @Test
  void figuresInNamesAreWrittenAsPythonWritesThem(@TempDir Path directory) throws IOException {
    Path sub = directory.resolve("new").resolve("dir");
    ModelCheckpoint.Saver saver = (m, f) -> Files.writeString(f, "weights");
    String name = sub + "/e{epoch:03d}-{val_loss:.2f}-{val_loss:.1e}-{val_loss}-{epoch:3d}.h5";
    fit(1, scripted("val_loss", 0.046875), new ModelCheckpoint(name, "loss", false, saver));
    // f"{1:03d}-{0.046875:.2f}-{0.046875:.1e}-{0.046875}-{1:3d}" of Python.
    assertEquals("weights", Files.readString(sub.resolve("e001-0.05-4.7e-02-0.046875-  1.h5")));
  }

  @Test
  void namesThatCanNotBeWrittenAreRefused() {
    assertRefused(
        "file: expected braces as in {epoch:02d} or {val_loss:.2f}, found w-{epoch:>3}.h5",
        () -> checkpoint("w-{epoch:>3}.h5", "loss", false));
    assertRefused(
        "file: w-{val_loss}: expected one of [accuracy, epoch, loss], found {val_loss}",
        () -> fit(1, checkpoint("w-{val_loss}", "loss", false)));
    assertRefused(
        "file: w-{loss:d}: expected a figure that is whole, found {loss:d}",
        () -> fit(1, checkpoint("w-{loss:d}", "loss", false)));
  }

  @Test
  void aLogMayHaveAnotherSeparator(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("log.csv");
    fit(1, figures(), new CSVLogger(file).separator(';'));
    assertEquals("epoch;accuracy;loss\n0;0.5;2.0\n", Files.readString(file));
  }

  @Test
  void aLogThatIsAddedToKeepsItsLinesAndItsOneHeader(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("log.csv");
    CSVLogger log = new CSVLogger(file).append(true);
    fit(1, figures(), log);
    fit(2, figures(), log);
    String twice = "epoch,accuracy,loss\n0,0.5,2.0\n0,0.5,2.0\n1,0.5,2.0\n";
    assertEquals(twice, Files.readString(file));
    Files.writeString(file, "epoch,accuracy,loss\n7,0.1,0.2");
    fit(1, figures(), new CSVLogger(file).append(true));
    assertEquals("epoch,accuracy,loss\n7,0.1,0.2\n0,0.5,2.0\n", Files.readString(file));
    Files.writeString(file, "");
    fit(1, figures(), new CSVLogger(file).append(true));
    assertEquals("epoch,accuracy,loss\n0,0.5,2.0\n", Files.readString(file));
  }

  @Test
  void aLogThatGoesOnAfterAnInterruptionDropsTheLinesSinceTheState(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("log.csv");
    Files.writeString(file, "epoch,loss\n0,9.0\n");
    CSVLogger killed = new CSVLogger(file).append(true);
    killed.onTrainBegin(compiled);
    killed.onEpochEnd(compiled, 0, Map.of("loss", 8.0));
    SavedState state = killed.state();
    killed.onEpochEnd(compiled, 1, Map.of("loss", 7.0));
    CSVLogger resumed = new CSVLogger(file).append(true);
    resumed.onTrainBegin(compiled);
    resumed.setState(state);
    resumed.onEpochEnd(compiled, 1, Map.of("loss", 7.5));
    assertEquals("epoch,loss\n0,9.0\n0,8.0\n1,7.5\n", Files.readString(file));
    assertTrue(state.text("written").startsWith("epoch"));
  }

  private static Callback figures() {
    return new Callback() {
      @Override
      public void onEpochEnd(CompiledModel m, int epoch, Map<String, Double> logs) {
        logs.put("loss", 2.0);
        logs.put("accuracy", 0.5);
      }
    };
  }
}
