package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When the file of a training is there, what it may hold, and who may go on from it. */
class BackupFileTest extends KilledTraining {

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
