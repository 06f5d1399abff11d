package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.image.AugmentedDataset;
import io.github.lanewise.image.ImageDataGenerator;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.GlorotUniform;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that ends in the middle, and goes on with objects that know nothing of it. */
class BackupAndRestoreTest {

  private static final int EPOCHS = 4;
  private static final int SAMPLES = 22;

  @TempDir Path directory;

  /** Ends training as a kill would, after so many batches. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class Killer implements Callback {
    private int left;

    Killer(int batches) {
      left = batches;
    }

    @Override
    public void onBatchEnd(CompiledModel model, int batch, int batches, Map<String, Double> logs) {
      if (left-- == 0) {
        throw new Killed();
      }
    }
  }

  /** One training: all that a process would make. */
  private class Job {
    private final Model model = model();
    private final List<Callback> callbacks = new ArrayList<>();
    private BaseOptimizer<?> optimizer = new Adam(0.01);
    private Dataset data = Tasks.shapes(SAMPLES, 1);
    private final BackupAndRestore backup = new BackupAndRestore(file());
    private int epochs = EPOCHS;
    private long seed;

    History run() {
      callbacks.add(0, backup);
      return CompiledModel.compile(model, optimizer, Loss.BINARY_CROSSENTROPY, new Accuracy())
          .on(Compute.threads(2))
          .fit(
              data,
              new FitOptions()
                  .epochs(epochs)
                  .batchSize(4)
                  .seed(seed)
                  .validationData(Tasks.shapes(8, 2))
                  .callbacks(callbacks.toArray(Callback[]::new)));
    }
  }

  private Path file() {
    return directory.resolve("checkpoint");
  }

  private static Model model() {
    Node input = Input.of(Tasks.SIDE, Tasks.SIDE, 1);
    Node x = new Conv2D(3, 3, 3).kernelInitializer(new GlorotUniform(1)).name("conv").on(input);
    x = new BatchNormalization().momentum(0.9).name("norm").on(x);
    x = new Dropout(0.3).seed(5).name("drop").on(new Flatten().on(x));
    return new Model(input, new Dense(1).activation(Activation.SIGMOID).name("head").on(x));
  }

  /** Runs jobs, each killed after so many batches, then one to the end. */
  private static Job resumed(Supplier<Job> jobs, int... killedAfter) {
    for (int batches : killedAfter) {
      Job job = jobs.get();
      job.callbacks.add(new Killer(batches));
      assertThrows(Killed.class, job::run);
    }
    return jobs.get();
  }

  private static void assertSame(History expected, History found) {
    assertEquals(expected.epochs(), found.epochs());
    assertEquals(expected.names(), found.names());
    expected.names().forEach(n -> assertEquals(expected.get(n), found.get(n), n));
  }

  private static void assertSame(Job expected, Job found) {
    for (int i = 0; i < expected.model.parameters().size(); i++) {
      assertArrayEquals(
          expected.model.parameters().get(i).value().toArray(),
          found.model.parameters().get(i).value().toArray(),
          expected.model.parameters().get(i).name());
    }
  }

  private void assertGoesOn(Supplier<Job> jobs, int... killedAfter) {
    Job whole = jobs.get();
    History expected = whole.run();
    assertFalse(Files.exists(file()));
    Job job = resumed(jobs, killedAfter);
    assertTrue(Files.exists(file()));
    assertSame(expected, job.run());
    assertSame(whole, job);
    assertFalse(Files.exists(file()));
  }

  @Test
  void trainingGoesOnAfterTheLastWholeEpochBitForBit() {
    // An epoch has six batches.
    assertGoesOn(Job::new, 7, 13);
  }

  @Test
  void trainingGoesOnWithinAnEpochBitForBit() {
    Supplier<Job> jobs =
        () -> {
          Job job = new Job();
          job.backup.saveFreq(2);
          return job;
        };
    assertGoesOn(jobs, 3, 1, 9);
  }

  @Test
  void whatIsSavedAfterTheLastBatchOfAnEpochGoesOnWithItsEnd() {
    Supplier<Job> jobs =
        () -> {
          Job job = new Job();
          job.optimizer = new RMSprop(0.01);
          job.backup.saveFreq(1);
          return job;
        };
    assertGoesOn(jobs, 6, 1);
  }

  @Test
  void accumulatedGradientsAndSchedulesGoOn() {
    Supplier<Job> jobs =
        () -> {
          Job job = new Job();
          job.optimizer =
              new SGD(0, 0.9, true)
                  .learningRate(new CosineDecay(0.05, 20))
                  .gradientAccumulationSteps(4);
          job.backup.saveFreq(3);
          return job;
        };
    assertGoesOn(jobs, 3, 8);
  }

  @Test
  void otherCallbacksGoOn() throws IOException {
    Path csv = directory.resolve("log.csv");
    Supplier<Job> jobs =
        () -> {
          Job job = new Job();
          job.epochs = 9;
          job.optimizer = new SGD(0.5);
          job.callbacks.add(new ReduceLROnPlateau("loss", 0.5, 1, Mode.AUTO, 0.5, 0, 0));
          job.callbacks.add(new EarlyStopping("loss", 0.3, 4, true));
          job.callbacks.add(new CSVLogger(csv));
          return job;
        };
    Job whole = jobs.get();
    History expected = whole.run();
    assertTrue(expected.epochs() < 9, "stops early");
    assertTrue(expected.last("learning_rate") < 0.25, "the rate falls");
    String log = Files.readString(csv);
    Job job = resumed(jobs, 14, 8);
    assertSame(expected, job.run());
    assertSame(whole, job);
    assertEquals(log, Files.readString(csv));
  }

  @Test
  void aRateThatIsSetBeforeEachEpochIsSetOnce() {
    Supplier<Job> jobs =
        () -> {
          Job job = new Job();
          job.optimizer = new RMSprop(0.01);
          job.callbacks.add(new LearningRateScheduler((epoch, rate) -> rate * 0.5));
          job.backup.saveFreq(4);
          return job;
        };
    assertGoesOn(jobs, 11);
  }

  @Test
  void picturesThatAreOthersInEachEpochGoOn() {
    Supplier<Job> jobs =
        () -> {
          Job job = new Job();
          ImageDataGenerator shifted = new ImageDataGenerator().widthShiftRange(0.3);
          job.data = new AugmentedDataset(Tasks.shapes(SAMPLES, 1), shifted, 4);
          job.backup.saveFreq(2);
          return job;
        };
    assertGoesOn(jobs, 9, 4);
  }

  @Test
  void samplesThatCanNotBeReadArePassedOverInTheSameWay() {
    Dataset shapes = Tasks.shapes(SAMPLES, 1);
    Supplier<Job> jobs =
        () -> {
          Job job = new Job();
          job.data = new Unreadable(shapes, List.of(0, 3, 4, 5, 6, 7, 11, 17, 20));
          job.backup.saveFreq(1);
          return job;
        };
    assertGoesOn(jobs, 2, 2, 2);
  }

  private record Unreadable(Dataset of, List<Integer> missing) implements Dataset {
    @Override
    public int size() {
      return of.size();
    }

    @Override
    public io.github.lanewise.tensor.Shape sampleShape() {
      return of.sampleShape();
    }

    @Override
    public io.github.lanewise.tensor.Shape targetShape() {
      return of.targetShape();
    }

    @Override
    public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
      return !missing.contains(index) && of.read(index, x, xOffset, y, yOffset);
    }
  }

  @Test
  void aFinishedTrainingWhoseFileIsKeptIsNotRepeatedAndMayBeMadeLonger() {
    Job first = new Job();
    first.backup.deleteCheckpoint(false);
    History expected = first.run();
    Job second = new Job();
    second.backup.deleteCheckpoint(false);
    second.callbacks.add(new Killer(0));
    assertSame(expected, second.run());
    assertSame(first, second);
    Job longer = new Job();
    longer.epochs = 6;
    History more = longer.run();
    longer.backup.delete();
    Job whole = new Job();
    whole.epochs = 6;
    assertSame(whole.run(), more);
    assertSame(whole, longer);
  }

  @Test
  void withinTheIntervalNothingIsSavedButTheLastEpoch() {
    Supplier<Job> jobs =
        () -> {
          Job job = new Job();
          job.backup.interval(Duration.ofHours(1)).deleteCheckpoint(false);
          return job;
        };
    Job killed = jobs.get();
    killed.callbacks.add(new Killer(13));
    assertThrows(Killed.class, killed::run);
    assertFalse(Files.exists(file()));
    jobs.get().run();
    assertTrue(Files.exists(file()));
  }

  private void assertRefused(String word, Job job) {
    String message = assertThrows(IllegalArgumentException.class, job::run).getMessage();
    assertTrue(String.valueOf(message).startsWith(file() + ": expected a training with "), message);
    assertTrue(String.valueOf(message).contains(word), message);
  }

  @Test
  void aFileOfAnotherTrainingIsRefused() {
    resumed(Job::new, 7);
    Job seed = new Job();
    seed.seed = 3;
    assertRefused("seed 3, found 0", seed);
    Job optimizer = new Job();
    optimizer.optimizer = new Adam(0.02);
    assertRefused("optimizer", optimizer);
    Job data = new Job();
    data.data = Tasks.shapes(SAMPLES + 1, 1);
    assertRefused("samples 23, found 22", data);
    Job frozen = new Job();
    frozen.model.layer("conv").layer().setTrainable(false);
    assertRefused("layers", frozen);
  }

  @Test
  void frozenWeightsMustBeTheSame() {
    Supplier<Job> jobs =
        () -> {
          Job job = new Job();
          job.model.layer("conv").layer().setTrainable(false);
          return job;
        };
    Job other = resumed(jobs, 7);
    other.model.parameters().get(0).value().data()[3] += 1;
    assertRefused("frozen weights", other);
  }

  @Test
  void aFileThatIsDamagedCutOffOrOfAnotherKindIsOneErrorThatNamesIt() throws IOException {
    resumed(Job::new, 7);
    byte[] bytes = Files.readAllBytes(file());
    for (int i = 20; i < bytes.length; i += bytes.length / 40) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      Files.write(file(), damaged);
      assertUnreadable("damaged, or cut off");
      Files.write(file(), Arrays.copyOf(bytes, i));
      assertUnreadable("damaged, or cut off");
    }
    Files.writeString(file(), "hello");
    assertUnreadable("another kind of file");
  }

  @Test
  void whatKilledProcessesLeftBesideTheFileIsRemovedAtTheBeginning() throws IOException {
    Files.writeString(directory.resolve(".checkpoint.1z4.tmp"), "half a st");
    Job job = new Job();
    job.epochs = 1;
    job.backup.deleteCheckpoint(false);
    job.run();
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  private void assertUnreadable(String words) {
    String message = assertThrows(UncheckedIOException.class, () -> new Job().run()).getMessage();
    assertTrue(String.valueOf(message).contains(file() + ": "), message);
    assertTrue(String.valueOf(message).contains(words), message);
  }

  @Test
  void aFileThatCanNotBeWrittenIsOneErrorThatNamesIt() {
    Job job = new Job();
    BackupAndRestore nowhere = new BackupAndRestore(directory.resolve("missing/checkpoint"));
    job.callbacks.add(nowhere);
    assertThrows(IllegalArgumentException.class, job::run);
    CompiledModel compiled = CompiledModel.compile(model(), new SGD(0.1), Loss.BINARY_CROSSENTROPY);
    FitOptions options = new FitOptions().callbacks(nowhere);
    String message =
        assertThrows(UncheckedIOException.class, () -> compiled.fit(Tasks.shapes(4, 1), options))
            .getMessage();
    assertTrue(String.valueOf(message).contains("missing/checkpoint: can not be written"), message);
  }

  @Test
  void aStateHasItsValuesByScopeAndRefusesOthers() {
    SavedState state = new SavedState().put("a", new SavedState().put("b", 1, 2).put("c", "x"));
    assertArrayEquals(new double[] {1, 2}, state.scope("a").numbers("b"));
    assertEquals("x", state.text("a/c"));
    assertFalse(state.has("b"));
    assertThrows(IllegalArgumentException.class, () -> state.number("a/b"));
    assertThrows(IllegalArgumentException.class, () -> state.tensor("a/c"));
    state.put("t", Tensor.zeros(2));
    assertEquals(2, state.tensor("t").size());
  }
}
