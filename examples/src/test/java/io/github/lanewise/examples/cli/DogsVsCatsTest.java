package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands from end to end, on files of the smallest size that InceptionV3 takes. */
class DogsVsCatsTest {

  @TempDir static Path shared;
  @TempDir Path directory;
  private static Path weights = Path.of("");
  private Path data = Path.of("");

  @BeforeAll
  static void writeWeights() throws IOException {
    weights = Files75.weights(shared);
  }

  @BeforeEach
  void writePictures() throws IOException {
    data = Files75.pictures(directory);
  }

  private CommandRun train(Path out, Object... more) {
    Object[] args = {
      "dogs-vs-cats",
      "--weights",
      weights,
      "--data",
      data,
      "--out",
      out,
      "--size",
      75,
      "--epochs",
      2,
      "--batch",
      4
    };
    return CommandRun.of(Stream.concat(Stream.of(args), Stream.of(more)).toArray());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyResultIsWrittenAndNothingElse() throws IOException {
    Path out = directory.resolve("results/out");
    CommandRun run = train(out);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err());
    assertEquals(
        List.of(
            "curves.png",
            "history-dropout.csv",
            "history-no-dropout.csv",
            "model.h5",
            "report.html",
            "report.json"),
        names(out));
    assertNotNull(ImageIO.read(out.resolve("curves.png").toFile()));
    assertEquals(3, Files.readAllLines(out.resolve("history-dropout.csv")).size());
    assertFalse(run.out().contains("embedded sample"), run.out());
  }

  @Test
  void outsideOfATerminalThereIsALineAnEpoch() {
    CommandRun run = train(directory.resolve("out"));
    List<String> epochs = run.outLines().stream().filter(l -> l.startsWith("Epoch ")).toList();
    assertEquals(4, epochs.size(), run.out());
    for (String line : epochs) {
      assertTrue(
          line.matches(
              "Epoch [12]/2 - \\d+\\.\\ds - loss: \\d\\S+ - accuracy: \\d\\S+ - val_loss: \\d\\S+"
                  + " - val_accuracy: \\d\\S+"),
          line);
    }
    assertFalse(run.out().contains("\r"), "no bar");
  }

  @Test
  void theReportHasFiguresSeedsVersionsAndDurations() throws IOException {
    Path out = directory.resolve("out");
    train(out, "--seed", 7, "--dropout", 0.3, "--threads", 1);
    JsonNode report = JsonMapper.builder().build().readTree(out.resolve("report.json").toFile());
    assertFalse(report.get("embedded_sample").asBoolean());
    assertEquals(7, report.at("/settings/seed").asInt());
    assertEquals(0.3, report.at("/settings/dropout").asDouble());
    assertEquals(1, report.at("/machine/threads").asInt());
    assertEquals(Runtime.version().toString(), report.at("/machine/java").asText());
    assertEquals(12, report.at("/pictures/training").asInt());
    assertEquals(6, report.at("/pictures/validation").asInt());
    assertEquals("weights.h5", report.at("/weights/file").asText());
    assertEquals(32, report.at("/weights/md5").asText().length());
    for (String duration : List.of("loading", "features", "total")) {
      assertTrue(report.at("/seconds/" + duration).asDouble() > 0, duration);
    }
    assertEquals(2, report.at("/seconds/epochs_no_dropout").size());
    assertEquals(2, report.at("/seconds/epochs_dropout").size());
    assertEquals(0, report.at("/runs/0/dropout").asDouble());
    assertEquals(0.3, report.at("/runs/1/dropout").asDouble());
    for (String figure : List.of("loss", "accuracy", "val_loss", "val_accuracy")) {
      assertEquals(2, report.at("/runs/1/history/" + figure).size(), figure);
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsForOneAndTwoThreadsAndForFeaturesInAFile() throws IOException {
    Path one = directory.resolve("one");
    Path two = directory.resolve("two");
    Path file = directory.resolve("file");
    Path other = directory.resolve("other");
    assertEquals(0, train(one, "--threads", 1).exitCode());
    assertEquals(0, train(two, "--threads", 2).exitCode());
    assertEquals(0, train(file, "--cache-memory", 0).exitCode());
    assertEquals(0, train(other, "--seed", 1).exitCode());
    assertEquals(-1, Files.mismatch(one.resolve("model.h5"), two.resolve("model.h5")));
    assertEquals(-1, Files.mismatch(one.resolve("model.h5"), file.resolve("model.h5")));
    assertTrue(Files.mismatch(one.resolve("model.h5"), other.resolve("model.h5")) >= 0);
  }

  @Test
  void augmentedPicturesAreOthersButTheSameForOneAndTwoThreads() throws IOException {
    Path plain = directory.resolve("plain");
    Path one = directory.resolve("one");
    Path two = directory.resolve("two");
    assertEquals(0, train(plain).exitCode());
    assertEquals(0, train(one, "--augment", "--threads", 1).exitCode());
    CommandRun run = train(two, "--augment", "--threads", 2);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(-1, Files.mismatch(one.resolve("model.h5"), two.resolve("model.h5")));
    assertTrue(Files.mismatch(plain.resolve("model.h5"), one.resolve("model.h5")) >= 0);
    JsonNode report = JsonMapper.builder().build().readTree(two.resolve("report.json").toFile());
    assertTrue(report.at("/settings/augment").asBoolean());
  }

  @Test
  void aPictureCutInHalfIsReportedLeftOutAndCounted() throws IOException {
    Path half = data.resolve("train/cats/0.jpg");
    Files75.halve(half);
    CommandRun run = train(directory.resolve("out"));
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().startsWith(half + ": "), run.err());
    assertTrue(run.err().strip().endsWith("left out"), run.err());
    assertTrue(run.out().contains("11 of 12 training pictures"), run.out());
    assertTrue(run.out().contains("1 pictures could not be read"), run.out());
  }

  @Test
  void theSavedHeadClassifiesPicturesAndFolders() throws IOException {
    Path out = directory.resolve("out");
    train(out);
    Path single = OddPictures.single(directory.resolve("single.png"));
    CommandRun run =
        CommandRun.of(
            "predict",
            "--model",
            out.resolve("model.h5"),
            "--weights",
            weights,
            "--batch",
            4,
            data.resolve("validation"),
            single);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(7, run.outLines().size(), run.out());
    for (String line : run.outLines()) {
      String[] fields = line.split("\t", -1);
      assertTrue(Files.exists(Path.of(fields[0])), line);
      assertTrue(List.of("cats", "dogs").contains(fields[1]), line);
      double probability = Double.parseDouble(fields[2]);
      assertTrue(probability >= 0.5 && probability <= 1, line);
    }
  }

  @Test
  void weightsThatThePlanReadsFromBothFilesPredictWhatTheLoadedModelOfExplainDoes() {
    Path out = directory.resolve("out");
    train(out);
    Object[] files = {"--model", out.resolve("model.h5"), "--weights", weights};
    List<Object> predict = new ArrayList<>(List.of("predict", data.resolve("validation")));
    predict.addAll(List.of(files));
    List<Object> explain = new ArrayList<>(List.of("explain", data.resolve("validation")));
    explain.addAll(List.of("--out", directory.resolve("maps")));
    explain.addAll(List.of(files));
    List<String> predicted = CommandRun.of(predict.toArray()).outLines();
    List<String> explained = CommandRun.of(explain.toArray()).outLines();
    assertEquals(6, predicted.size());
    for (int i = 0; i < 6; i++) {
      assertTrue(explained.get(i).startsWith(predicted.get(i) + "\t"), explained.get(i));
    }
  }

  @Test
  void predictionsAsJsonAreAnObjectALine() throws IOException {
    Path out = directory.resolve("out");
    train(out);
    Path picture = data.resolve("validation/cats/0.jpg");
    CommandRun run =
        CommandRun.of(
            "predict", "--json", "--model", out.resolve("model.h5"), "--weights", weights, picture);
    assertEquals(1, run.outLines().size(), run.out());
    JsonNode line = JsonMapper.builder().build().readTree(run.out());
    assertEquals(picture.toString(), line.get("path").asText());
    assertTrue(List.of("cats", "dogs").contains(line.get("label").asText()), run.out());
    assertTrue(line.get("probability").asDouble() >= 0.5, run.out());
  }

  @Test
  void aBadPictureDoesNotKeepTheOthersFromBeingClassified() throws IOException {
    Path out = directory.resolve("out");
    train(out);
    Path half = data.resolve("validation/cats/1.jpg");
    Files75.halve(half);
    CommandRun run =
        CommandRun.of(
            "predict",
            "--model",
            out.resolve("model.h5"),
            "--weights",
            weights,
            data.resolve("validation"),
            directory.resolve("missing.jpg"));
    assertEquals(1, run.exitCode());
    assertEquals(5, run.outLines().size(), run.out());
    assertEquals(3, run.errLines().size(), run.err());
    assertTrue(run.errLines().get(0).contains(half.toString()), run.err());
    assertTrue(run.errLines().get(1).contains("missing.jpg: no such file"), run.err());
    assertEquals("lanewise: 2 of 7 pictures could not be read", run.errLines().get(2));
  }

  @Test
  void aHeadIsNotUsedOnOtherWeightsThanItWasTrainedOn() throws IOException {
    Path out = directory.resolve("out");
    train(out);
    Path other = Files.copy(weights, directory.resolve("other.h5"));
    Files.write(other, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
    CommandRun run =
        CommandRun.of(
            "predict",
            "--model",
            out.resolve("model.h5"),
            "--weights",
            other,
            data.resolve("validation"));
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(other + ": expected the weights"), run.err());
  }

  @Test
  void cmykJpegFilesAreReadAsTheirColours() throws IOException {
    Path red = OddPictures.cmyk(directory.resolve("red.jpg"), 0, 255, 255, 0);
    Picture picture = PictureReader.asStored().read(red);
    assertEquals(40, picture.width());
    assertEquals(30, picture.height());
    int[] middle = {picture.at(15, 20, 0), picture.at(15, 20, 1), picture.at(15, 20, 2)};
    assertTrue(
        middle[0] > 200 && middle[1] < 70 && middle[2] < 70,
        List.of(middle[0], middle[1], middle[2]).toString());
  }

  @Test
  void aCmykPictureAndOneOfASinglePixelAreTrainedOnLikeOthers() throws IOException {
    OddPictures.cmyk(data.resolve("train/cats/cmyk.jpg"), 200, 0, 0, 50);
    OddPictures.single(data.resolve("train/dogs/single.png"));
    CommandRun run = train(directory.resolve("out"));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("14 of 14 training pictures"), run.out());
  }
}
