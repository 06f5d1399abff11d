package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.train.EventReader.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {

  private static final Instant START = Instant.ofEpochSecond(1_456_445_596);

  @TempDir private Path directory;

  private final CompiledModel compiled =
      CompiledModel.compile(
          Tasks.logistic(), new SGD(0.5), Loss.BINARY_CROSSENTROPY, new Accuracy());

  private Path only(String run) throws IOException {
    List<Path> files = files(run);
    assertEquals(1, files.size());
    return files.get(0);
  }

  private List<Path> files(String run) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(run))) {
      return files.sorted().toList();
    }
  }

  private History fit(int epochs, Callback... callbacks) {
    FitOptions options = new FitOptions().epochs(epochs).batchSize(8).callbacks(callbacks);
    return compiled.fit(Tasks.halfPlanes(16, 1), options.validationData(Tasks.halfPlanes(16, 2)));
  }

  @Test
  void trainingAndValidationAreRunsWithTheNamesOfKeras() throws IOException {
    InstantSource clock = InstantSource.fixed(START.plusMillis(250));
    LearningRateScheduler halved = new LearningRateScheduler((epoch, rate) -> rate / 2);
    History history = fit(3, halved, new TensorBoard(directory, clock));
    double time = 1_456_445_596.25;
    List<Scalar> train = new ArrayList<>();
    List<Scalar> validation = new ArrayList<>();
    for (int e = 0; e < 3; e++) {
      train.add(new Scalar(time, e, "epoch_loss", history.get("loss").get(e).floatValue()));
      train.add(new Scalar(time, e, "epoch_accuracy", history.get("accuracy").get(e).floatValue()));
      train.add(new Scalar(time, e, "epoch_learning_rate", 0.5f / (2 << e)));
      float loss = history.get("val_loss").get(e).floatValue();
      float accuracy = history.get("val_accuracy").get(e).floatValue();
      validation.add(new Scalar(time, e, "epoch_loss", loss));
      validation.add(new Scalar(time, e, "epoch_accuracy", accuracy));
    }
    assertEquals(train, EventReader.scalars(only("train")));
    assertEquals(validation, EventReader.scalars(only("validation")));
  }

  @Test
  void theLearningRateIsWrittenAndNotAddedToTheHistory() throws IOException {
    History history = fit(1, new TensorBoard(directory));
    assertEquals(List.of("loss", "accuracy", "val_loss", "val_accuracy"), history.names());
    Scalar last = EventReader.scalars(only("train")).get(2);
    assertEquals("epoch_learning_rate", last.tag());
    assertEquals(0.5f, last.value());
  }

  @Test
  void withoutValidationThereIsNoSuchRun() throws IOException {
    FitOptions options = new FitOptions().callbacks(new TensorBoard(directory));
    compiled.fit(Tasks.halfPlanes(16, 1), options);
    assertEquals(3, EventReader.scalars(only("train")).size());
    assertFalse(Files.exists(directory.resolve("validation")));
  }

  @Test
  void anEpochIsInTheFilesBeforeTheNextBegins() {
    List<Integer> sizes = new ArrayList<>();
    Callback follower =
        new Callback() {
          @Override
          public void onEpochEnd(CompiledModel model, int epoch, Map<String, Double> logs) {
            try {
              sizes.add(EventReader.scalars(only("train")).size());
              sizes.add(EventReader.scalars(only("validation")).size());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    fit(2, new TensorBoard(directory), follower);
    assertEquals(List.of(3, 2, 6, 4), sizes);
  }

  @Test
  void eachTrainingHasFilesOfItsOwn() throws IOException {
    TensorBoard callback = new TensorBoard(directory, InstantSource.fixed(START));
    fit(1, callback);
    fit(2, callback);
    List<Integer> sizes = new ArrayList<>();
    for (Path file : files("train")) {
      String name = file.getFileName().toString();
      assertTrue(
          name.matches(
              "events\\.out\\.tfevents\\.1456445596\\..+\\."
                  + ProcessHandle.current().pid()
                  + "\\.\\d+\\.v2"),
          name);
      sizes.add(EventReader.scalars(file).size());
    }
    assertEquals(List.of(3, 6), sizes.stream().sorted().toList());
    assertEquals(2, files("validation").size());
  }

  /** The record that TensorFlow's tests hold as a file's first, of the same second. */
  @Test
  void theFirstRecordIsThatOfTensorFlowByteForByte() throws IOException {
    new TensorBoard(directory, InstantSource.fixed(START)).onTrainBegin(compiled);
    assertEquals(
        "1800000000000000"
            + "a37f4b22"
            + "0900000027e6b3d541"
            + "1a0d627261696e2e4576656e743a32"
            + "6a4d0b15",
        HexFormat.of().formatHex(Files.readAllBytes(only("train"))));
  }

  @Test
  void longNamesLateEpochsAndValuesThatAreNoNumberAreReadBack() throws IOException {
    String name = "é".repeat(100);
    TensorBoard callback = new TensorBoard(directory, InstantSource.fixed(START));
    callback.onEpochEnd(compiled, 300, Map.of("val_" + name, Double.NaN));
    callback.onEpochEnd(compiled, 1 << 30, Map.of("val_zero", 0.0));
    callback.onEpochEnd(compiled, 0, Map.of("val_below", -1e300));
    double time = START.getEpochSecond();
    assertEquals(
        List.of(
            new Scalar(time, 300, "epoch_" + name, Float.NaN),
            new Scalar(time, 1 << 30, "epoch_zero", 0),
            new Scalar(time, 0, "epoch_below", Float.NEGATIVE_INFINITY)),
        EventReader.scalars(only("validation")));
  }

  @Test
  void picturesAreReadBackAsTheyWere() throws IOException {
    TensorBoard callback = new TensorBoard(directory);
    callback.picture("heat map", 7, 300, 2, "a PNG".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        List.of(new EventReader.Picture(7, "heat map", List.of(300L, 2L, 3L), "a PNG")),
        EventReader.pictures(only("train")));
  }

  @Test
  void wallTimesAreThoseOfTheClock() throws IOException {
    double before = System.currentTimeMillis() / 1e3;
    fit(1, new TensorBoard(directory));
    double after = (System.currentTimeMillis() + 1) / 1e3;
    double time = EventReader.scalars(only("train")).get(0).wallTime();
    assertTrue(before <= time && time <= after, before + " <= " + time + " <= " + after);
  }

  @Test
  void aDirectoryThatCanNotBeWrittenIsNamedBeforeTraining() throws IOException {
    Files.writeString(directory.resolve("train"), "a file");
    Numbered data = new Numbered(Tasks.halfPlanes(16, 1));
    FitOptions options = new FitOptions().callbacks(new TensorBoard(directory));
    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> compiled.fit(data, options));
    String expected = "TensorBoard: can not write events into " + directory.resolve("train");
    assertTrue(e.getMessage().startsWith(expected), e.getMessage());
    assertEquals(0, data.reads.get());
  }

  @Test
  void aFileThatIsGoneIsNamed() throws IOException {
    TensorBoard callback = new TensorBoard(directory);
    callback.onTrainBegin(compiled);
    Path file = only("train");
    Files.delete(file);
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> callback.onEpochEnd(compiled, 0, Map.of("loss", 1.0)));
    assertTrue(
        e.getMessage().startsWith("TensorBoard: can not write " + file + ": "), e.getMessage());
  }

  /** The check value of the catalogue of CRCs: the reader is right too. */
  @Test
  void theReadersChecksumIsCrc32c() {
    assertEquals(0xe3069283, EventReader.crc32c("123456789".getBytes(StandardCharsets.US_ASCII)));
  }
}
