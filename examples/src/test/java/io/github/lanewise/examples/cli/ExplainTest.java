package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.examples.report.ExplainedPicture;
import io.github.lanewise.examples.sample.DrawnPictures;
import io.github.lanewise.examples.sample.Sample;
import io.github.lanewise.examples.transfer.Head;
import io.github.lanewise.examples.transfer.PictureInput;
import io.github.lanewise.examples.transfer.PictureInput.Scaling;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.examples.transfer.Trunk;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.PictureReader;
import io.github.lanewise.image.Resize;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.GradCam;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded sample's trunk and drawings, at the smallest size, with an untrained head. */
class ExplainTest {

  private static final PictureInput INPUT = new PictureInput(75, Resize.NEAREST, Scaling.SYMMETRIC);

  @TempDir static Path shared;
  @TempDir Path directory;
  private static Path model = Path.of("");
  private static Head head;
  private Path pictures = Path.of("");
  private Path out = Path.of("");

  @BeforeAll
  static void writeHead() throws IOException {
    Trunk trunk = Trunk.sample(new Sample(5, 75), "mixed7", INPUT.scaling(), Compute.standard());
    head = Head.on(trunk, 0.2, 1);
    model = shared.resolve("model.h5");
    new SavedHead("mixed7", INPUT, null, 0.2, DrawnPictures.classNames(), null, null, 5L)
        .write(head, model);
  }

  @BeforeEach
  void writePictures() throws IOException {
    pictures = Files75.pictures(directory).resolve("validation");
    out = directory.resolve("out");
  }

  private CommandRun explain(Object... more) {
    Object[] args = {"explain", "--model", model, "--out", out};
    return CommandRun.of(Stream.concat(Stream.of(args), Stream.of(more)).toArray());
  }

  private static String[] fields(String line) {
    return line.split("\t", -1);
  }

  private Set<String> written() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
    }
  }

  private static BufferedImage drawn(String line) throws IOException {
    return ImageIO.read(Path.of(fields(line)[3]).toFile());
  }

  private static int differences(BufferedImage a, BufferedImage b) {
    int count = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        count += a.getRGB(x, y) == b.getRGB(x, y) ? 0 : 1;
      }
    }
    return count;
  }

  @Test
  void everyPictureHasThePredictionThatPredictPrintsAndAPngOfItsSize() throws IOException {
    CommandRun run = explain(pictures);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err());
    CommandRun predict = CommandRun.of("predict", "--model", model, pictures);
    assertEquals(6, run.outLines().size(), run.out());
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < 6; i++) {
      String[] fields = fields(run.outLines().get(i));
      assertEquals(
          predict.outLines().get(i), String.join("\t", List.of(fields).subList(0, 3)), "line " + i);
      names.add(i + "-mixed7.png");
      assertEquals(out.resolve(i + "-mixed7.png").toString(), fields[3]);
      BufferedImage image = drawn(run.outLines().get(i));
      assertEquals(90, image.getWidth());
      assertEquals(90, image.getHeight());
    }
    assertEquals(names, written());
  }

  @Test
  void thePngIsThePictureWithTheHeatMapOfThePredictedLabelOverTheLayer() throws IOException {
    for (String layer : List.of("mixed7", "mixed3")) {
      CommandRun run = explain(pictures, "--layer", layer);
      assertEquals(0, run.exitCode(), run.err());
      GradCam gradCam = new GradCam(head.model(), layer, Compute.standard());
      int withHeat = 0;
      for (String line : run.outLines()) {
        Picture picture = PictureReader.asStored().read(Path.of(fields(line)[0]));
        Tensor x = Tensor.zeros(1, 75, 75, 3);
        INPUT.write(picture, x.data(), 0);
        Tensor map = gradCam.predicted(x);
        for (float heat : map.toArray()) {
          assertTrue(heat >= 0, line + " " + heat);
        }
        BufferedImage image = drawn(line);
        assertEquals(0, differences(ExplainedPicture.draw(picture, map), image), line);
        BufferedImage plain = ExplainedPicture.draw(picture, Tensor.zeros(1, 1));
        withHeat += differences(plain, image) > 0 ? 1 : 0;
      }
      // Where all channels together speak against the label everywhere, a map is 0.
      assertTrue(withHeat >= 3, layer + ": " + withHeat + " of 6");
    }
  }

  @Test
  void aBadPictureIsReportedAndTheOthersAreExplained() throws IOException {
    Path half = pictures.resolve("cats/1.jpg");
    Files75.halve(half);
    CommandRun run = explain(pictures, directory.resolve("missing.jpg"));
    assertEquals(1, run.exitCode());
    assertEquals(5, run.outLines().size(), run.out());
    assertEquals(5, written().size());
    assertFalse(written().contains("1-mixed7.png"));
    assertEquals(3, run.errLines().size(), run.err());
    assertTrue(run.errLines().get(0).startsWith("lanewise: " + half + ": "), run.err());
    assertTrue(run.errLines().get(1).contains("missing.jpg: no such file"), run.err());
    assertEquals("lanewise: 2 of 7 pictures could not be read", run.errLines().get(2));
  }

  @Test
  void picturesOfTheSameNameDoNotOverwriteEachOther() throws IOException {
    Path cat = pictures.resolve("cats/0.jpg");
    Path dog = Files.move(pictures.resolve("dogs/3.jpg"), pictures.resolve("dogs/0.jpg"));
    CommandRun run = explain(cat, dog, OddPictures.single(directory.resolve("0.png")));
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(
        List.of("0-mixed7-2.png", "0-mixed7-3.png", "0-mixed7.png"), List.copyOf(written()));
    assertEquals(1, drawn(run.outLines().get(2)).getWidth());
  }

  @Test
  void aLayerThatTheModelDoesNotHaveOrThatIsNoPictureIsAnErrorThatNamesIt() throws IOException {
    for (String layer : List.of("mixed8", "dense")) {
      CommandRun run = explain(pictures, "--layer", layer);
      assertEquals(1, run.exitCode());
      assertEquals("", run.out());
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().contains("layer '" + layer + "'"), run.err());
      assertEquals(Set.of(), written());
    }
  }
}
