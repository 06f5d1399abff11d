package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbacksTest {

  private final Model model = Tasks.logistic();
  private final CompiledModel compiled =
      CompiledModel.compile(model, new SGD(0.5), Loss.BINARY_CROSSENTROPY, new Accuracy());

  /** Replaces a figure by given ones, epoch by epoch, and makes the epoch known by a weight. */
  private final class Scripted implements Callback {
    private final String name;
    private final double[] values;

    Scripted(String name, double... values) {
      this.name = name;
      this.values = values;
    }

    @Override
    public void onEpochEnd(CompiledModel trained, int epoch, Map<String, Double> logs) {
      logs.put(name, values[epoch]);
      model.parameters().get(1).assign(epoch);
    }
  }

  private History fit(int epochs, Callback... callbacks) {
    FitOptions options = new FitOptions().epochs(epochs).batchSize(8).callbacks(callbacks);
    return compiled.fit(Tasks.halfPlanes(16, 1), options);
  }

  private double epochOfTheWeights() {
    return model.parameters().get(1).value().item();
  }

  @Test
  void earlyStoppingWaitsForItsPatience() {
    Scripted losses = new Scripted("val_loss", 3, 2, 2.5, 1, 1, 1.5, 0, 0);
    History history = fit(8, losses, new EarlyStopping("val_loss", 0, 2, false));
    assertEquals(6, history.epochs());
    assertEquals(5, epochOfTheWeights());
  }

  @Test
  void earlyStoppingDoesNotCountImprovementsBelowItsMinDelta() {
    Scripted losses = new Scripted("val_loss", 3, 2.95, 2.92, 2.91, 0, 0);
    History history = fit(6, losses, new EarlyStopping("val_loss", 0.1, 3, false));
    assertEquals(4, history.epochs());
  }

  @Test
  void earlyStoppingRestoresTheWeightsOfTheBestEpoch() {
    Scripted losses = new Scripted("val_loss", 3, 1, 2, 2, 2);
    assertEquals(4, fit(5, losses, new EarlyStopping("val_loss", 0, 2, true)).epochs());
    assertEquals(1, epochOfTheWeights());
  }

  @Test
  void earlyStoppingRestoresThemWhereItDidNotStopToo() {
    fit(3, new Scripted("val_loss", 1, 2, 3), new EarlyStopping("val_loss", 0, 9, true));
    assertEquals(0, epochOfTheWeights());
  }

  @Test
  void ofAnAccuracyMoreIsBetter() {
    Scripted figures = new Scripted("val_accuracy", 0.1, 0.5, 0.4, 0.5, 0.9);
    assertEquals(4, fit(5, figures, new EarlyStopping("val_accuracy", 0, 2, true)).epochs());
    assertEquals(1, epochOfTheWeights());
  }

  @Test
  void aModeOverrulesTheName() {
    Scripted rising = new Scripted("val_loss", 1, 2, 3, 3, 9);
    EarlyStopping max = new EarlyStopping("val_loss", 0, 1, Mode.MAX, true);
    assertEquals(4, fit(5, rising, max).epochs());
    assertEquals(2, epochOfTheWeights());
    Scripted falling = new Scripted("distance", 3, 2, 2, 1, 1);
    EarlyStopping min = new EarlyStopping("distance", 0, 1, Mode.MIN, true);
    assertEquals(3, fit(5, falling, min).epochs());
    assertEquals(1, epochOfTheWeights());
  }

  @Test
  void earlyStoppingNeverStopsAfterTheFirstEpoch() {
    Scripted losses = new Scripted("val_loss", Double.NaN, 2, 2, 1);
    assertEquals(3, fit(4, losses, new EarlyStopping("val_loss", 0, 0, false)).epochs());
  }

  @Test
  void earlyStoppingRestoresTheFirstEpochWhereNoneIsTheBest() {
    Scripted losses = new Scripted("val_loss", Double.NaN, Double.NaN, Double.NaN);
    assertEquals(2, fit(3, losses, new EarlyStopping("val_loss", 0, 2, true)).epochs());
    assertEquals(0, epochOfTheWeights());
  }

  @Test
  void aNegativePatienceIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new EarlyStopping("val_loss", 0, -1, false));
    assertEquals("patience: expected at least 0, found -1", e.getMessage());
  }

  @Test
  void earlyStoppingStartsAnewWithEachFit() {
    EarlyStopping stopping = new EarlyStopping("val_loss", 0, 1, false);
    assertEquals(2, fit(5, new Scripted("val_loss", 1, 1, 1, 1, 1), stopping).epochs());
    assertEquals(3, fit(5, new Scripted("val_loss", 3, 2, 2, 1, 1), stopping).epochs());
  }

  @Test
  void aFigureThatDoesNotExistIsNamedWithThoseThatDo() {
    EarlyStopping stopping = new EarlyStopping("val_loss", 0, 1, false);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> fit(2, stopping));
    assertEquals("monitor: expected one of [loss, accuracy], found 'val_loss'", e.getMessage());
  }

  @Test
  void aCheckpointSavesEachEpochUnderItsNumberFromOne() {
    List<String> saved = new ArrayList<>();
    fit(3, new ModelCheckpoint("w-{epoch}.h5", "loss", false, (m, f) -> saved.add(f.toString())));
    assertEquals(List.of("w-1.h5", "w-2.h5", "w-3.h5"), saved);
  }

  @Test
  void aCheckpointOfTheBestSavesImprovementsOnly() {
    Map<String, Double> saved = new HashMap<>();
    ModelCheckpoint.Saver saver = (m, f) -> saved.put(f.toString(), epochOfTheWeights());
    Scripted figures = new Scripted("val_accuracy", 0.5, 0.5, 0.6, 0.4, 0.7);
    fit(5, figures, new ModelCheckpoint("{epoch}", "val_accuracy", true, saver));
    assertEquals(Map.of("1", 0.0, "3", 2.0, "5", 4.0), saved);
  }

  @Test
  void aCheckpointTakesAMode() {
    List<String> saved = new ArrayList<>();
    ModelCheckpoint.Saver saver = (m, f) -> saved.add(f.toString());
    Scripted figures = new Scripted("distance", 3, 4, 2);
    fit(3, figures, new ModelCheckpoint("{epoch}", "distance", Mode.MIN, true, saver));
    assertEquals(List.of("1", "3"), saved);
  }

  @Test
  void aCheckpointThatCanNotBeWrittenSaysSo() {
    ModelCheckpoint.Saver saver =
        (m, f) -> {
          throw new IOException("disk full: " + f);
        };
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> fit(1, new ModelCheckpoint("w.h5", "loss", false, saver)));
    assertEquals("ModelCheckpoint: disk full: w.h5", e.getMessage());
  }

  @Test
  void aSchedulerSetsTheRateOfEachEpochAndLogsIt() {
    History history = fit(3, new LearningRateScheduler((e, rate) -> e == 0 ? rate : rate / 2));
    assertEquals(List.of(0.5, 0.25, 0.125), history.get("learning_rate"));
    assertEquals(0.125f, compiled.optimizer().learningRate());
  }

  @Test
  void aRateOfZeroFromASchedulerStopsTheLearning() {
    float[] before = model.parameters().get(0).value().toArray();
    fit(2, new LearningRateScheduler((epoch, rate) -> 0));
    assertArrayEquals(before, model.parameters().get(0).value().toArray());
  }

  @Test
  void theLogHasALineAnEpochWithItsFiguresByName(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("log.csv");
    Callback figures =
        new Callback() {
          @Override
          public void onEpochEnd(CompiledModel m, int epoch, Map<String, Double> logs) {
            logs.put("loss", 1.5 - epoch);
            logs.put("accuracy", 0.25 * epoch);
            logs.put("val_loss", epoch == 1 ? Double.NaN : 1e-9);
          }
        };
    Files.writeString(file, "what was there before");
    fit(2, figures, new CSVLogger(file));
    assertEquals(
        "epoch,accuracy,loss,val_loss\n0,0.0,1.5,1.0E-9\n1,0.25,0.5,NaN\n", Files.readString(file));
  }

  @Test
  void aLogThatCanNotBeWrittenIsNamed(@TempDir Path directory) {
    Path file = directory.resolve("missing").resolve("log.csv");
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> fit(1, new CSVLogger(file)));
    assertTrue(e.getMessage().startsWith("CSVLogger: can not write " + file), e.getMessage());
  }

  @Test
  void aLossThatIsNoNumberEndsTrainingAfterTheStep() {
    model.parameters().get(0).assign(Float.NaN, Float.NaN);
    List<Integer> steps = new ArrayList<>();
    Callback counting =
        new Callback() {
          @Override
          public void onBatchEnd(CompiledModel m, int batch, int n, Map<String, Double> logs) {
            steps.add(batch);
          }
        };
    History history = fit(3, counting, new TerminateOnNaN());
    assertEquals(1, history.epochs());
    assertEquals(List.of(0), steps);
    assertTrue(Double.isNaN(history.last("loss")));
  }

  @Test
  void aFiniteLossEndsNothing() {
    assertEquals(3, fit(3, new TerminateOnNaN()).epochs());
  }

  @Test
  void trainingThatIsStoppedBeforeItsFirstStepTakesOne() {
    Callback stop =
        new Callback() {
          @Override
          public void onEpochBegin(CompiledModel m, int epoch) {
            m.stopTraining();
          }
        };
    History history = fit(3, stop);
    assertEquals(1, history.epochs());
    assertTrue(history.last("loss") > 0);
  }

  @Test
  void callbacksAreToldWhatHappensInOrder() {
    List<String> told = new ArrayList<>();
    Callback teller =
        new Callback() {
          @Override
          public void onTrainBegin(CompiledModel m) {
            told.add("begin");
          }

          @Override
          public void onEpochBegin(CompiledModel m, int epoch) {
            told.add("epoch " + epoch);
          }

          @Override
          public void onBatchEnd(CompiledModel m, int batch, int n, Map<String, Double> logs) {
            told.add("batch " + batch + " of " + n);
          }

          @Override
          public void onEpochEnd(CompiledModel m, int epoch, Map<String, Double> logs) {
            told.add("end " + logs.keySet());
          }

          @Override
          public void onTrainEnd(CompiledModel m) {
            told.add("end");
          }
        };
    FitOptions options =
        new FitOptions().batchSize(8).validationData(Tasks.halfPlanes(4, 2)).callbacks(teller);
    compiled.fit(Tasks.halfPlanes(16, 1), options);
    String end = "end [loss, accuracy, val_loss, val_accuracy]";
    assertEquals(List.of("begin", "epoch 0", "batch 0 of 2", "batch 1 of 2", end, "end"), told);
  }
}
