package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.examples.sample.DrawnPictures;
import io.github.lanewise.image.Rescale;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded sample, at a smaller size than by default so that it is quick. */
class EmbeddedSampleTest {

  @TempDir Path directory;

  @Test
  void itSaysWhatItIsLearnsAndItsHeadClassifiesNewDrawings() throws IOException {
    CommandRun run =
        CommandRun.of("dogs-vs-cats", "--sample", "--size", 100, "--epochs", 4, "--out", directory);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.outLines().get(0).contains("embedded sample"), run.out());
    JsonNode report =
        JsonMapper.builder().build().readTree(directory.resolve("report.json").toFile());
    assertTrue(report.get("embedded_sample").asBoolean());
    for (JsonNode training : report.get("runs")) {
      // Of 200 pictures: chance is 0.5 with a standard deviation of 0.035.
      double best = training.get("best_val_accuracy").asDouble();
      assertTrue(best >= 0.65, training.get("name") + " " + best);
      double first = training.at("/history/accuracy/0").asDouble();
      assertTrue(first < 0.9, "too easy: " + first);
    }

    DrawnPictures drawn = DrawnPictures.draw(60, 100, Rescale.UNIT, 99);
    Object[] args = new Object[3 + drawn.size()];
    args[0] = "predict";
    args[1] = "--model";
    args[2] = directory.resolve("model.h5");
    for (int i = 0; i < drawn.size(); i++) {
      Path file = directory.resolve(i + ".jpg");
      Files75.jpeg(drawn.picture(i), file);
      args[3 + i] = file;
    }
    CommandRun prediction = CommandRun.of(args);
    assertEquals(0, prediction.exitCode(), prediction.err());
    int right = 0;
    for (int i = 0; i < drawn.size(); i++) {
      String label = prediction.outLines().get(i).split("\t", -1)[1];
      right += label.equals(i < drawn.size() / 2 ? "cats" : "dogs") ? 1 : 0;
    }
    assertTrue(right >= 36, right + " of 60");
  }
}
