package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.image.AugmentedDataset;
import io.github.lanewise.image.ImageDataGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Training that ends in the middle, and goes on with objects that know nothing of it. */
class BackupAndRestoreTest extends KilledTraining {

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
}
