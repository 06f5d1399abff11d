package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.examples.sample.DrawnPictures;
import io.github.lanewise.image.Rescale;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of the main job, from the command line to the browser. */
class ReportTest {

  @TempDir static Path shared;
  @TempDir Path directory;
  private static Path weights = Path.of("");

  @BeforeAll
  static void writeWeights() throws IOException {
    weights = Files75.weights(shared);
  }

  /** The report of a run that succeeds. */
  private String report(Path data, Object... more) throws IOException {
    Path out = directory.resolve("out");
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
      1,
      "--batch",
      4
    };
    CommandRun run = CommandRun.of(Stream.concat(Stream.of(args), Stream.of(more)).toArray());
    assertEquals(0, run.exitCode(), run.err());
    return Files.readString(out.resolve("report.html"));
  }

  private JsonNode evaluation() throws IOException {
    Path json = directory.resolve("out").resolve("report.json");
    return JsonMapper.builder().build().readTree(json.toFile()).get("evaluation");
  }

  /** As many cats as dogs in folders of these names. */
  private Path pictures(int training, int validation, String cats, String dogs) throws IOException {
    Path data = directory.resolve("data");
    for (String part : List.of("train", "validation")) {
      int count = part.equals("train") ? training : validation;
      DrawnPictures drawn = DrawnPictures.draw(count, 90, Rescale.UNIT, count);
      for (int i = 0; i < count; i++) {
        Path folder = data.resolve(part).resolve(i < count / 2 ? cats : dogs);
        Files.createDirectories(folder);
        Files75.jpeg(drawn.picture(i), folder.resolve(i + " <b>&'.jpg"));
      }
    }
    return data;
  }

  private static void assertSelfContained(String html) {
    for (String forbidden : List.of("http:", "https:", "url(", "<script", "<link", "@import")) {
      assertFalse(html.contains(forbidden), forbidden);
    }
    List<MatchResult> sources =
        Pattern.compile("(src|href)=\"([^\"]{0,40})").matcher(html).results().toList();
    for (MatchResult source : sources) {
      assertTrue(source.group(2).startsWith("data:image/jpeg;base64,"), source.group());
    }
    assertTrue(html.contains("default-src 'none'".replace("'", "&#39;")), "no policy");
  }

  private static int count(String html, String what) {
    return html.split(Pattern.quote(what), -1).length - 1;
  }

  @Test
  void everySectionIsThereAndFoldersAndFilesCanHaveAnyName() throws IOException {
    String html = report(pictures(12, 6, "<i>cats", "dogs & \"co\""), "--seed", 7);
    assertSelfContained(html);
    assertFalse(html.contains("<i>"), "a folder's name is markup");
    assertFalse(html.contains("<b>"), "a file's name is markup");
    assertTrue(html.contains("<h1>Telling &lt;i&gt;cats from dogs &amp; &quot;co&quot;</h1>"));
    for (String heading :
        List.of(
            "Learning, without dropout and with",
            "Right and wrong",
            "Most wrong about",
            "Most certain of, and right",
            "What the features alone tell",
            "Time by stage",
            "How to get this again")) {
      assertEquals(1, count(html, "<h2>" + heading + "</h2>"), heading);
    }
    // Curves, ROC, precision and recall, calibration, map.
    assertEquals(8, count(html, "<svg "));
    assertTrue(html.contains("<th scope=\"row\">seed</th><td>7</td>"), "seed");
    // Six validation pictures, each wrong or right, and at most three of each class certain.
    int wrong = 6 - (int) Math.round(6 * evaluation().get("accuracy").asDouble());
    assertTrue(count(html, "class=\"card\"") >= wrong);
    assertEquals(2 * count(html, "class=\"card\""), count(html, "<img "));
    assertEquals(6, count(html, "class=\"point "), "points of the map");
    assertEquals(wrong, count(html, "class=\"ring\""), "rings of the map");
    assertTrue(evaluation().get("ridge_accuracy").asDouble() >= 0);
  }

  @Test
  void twoPicturesAreEnough() throws IOException {
    String html = report(pictures(2, 2, "cats", "dogs"));
    assertSelfContained(html);
    assertTrue(Pattern.compile("[012] of 2;").matcher(html).find(), "no count of right answers");
    assertEquals(2, count(html, "class=\"point "));
  }

  @Test
  void aClassWithoutValidationPicturesLeavesOutWhatNeedsIt() throws IOException {
    Path data = pictures(4, 4, "cats", "dogs");
    try (Stream<Path> dogs = Files.list(data.resolve("validation/dogs"))) {
      for (Path dog : dogs.toList()) {
        Files75.halve(dog);
      }
    }
    String html = report(data);
    assertTrue(html.contains("no curve without validation pictures of both classes"));
    assertTrue(html.contains("no curve without validation pictures of dogs"));
    assertFalse(html.contains("NaN"), "NaN");
    assertEquals(2, count(html, "class=\"point first\""));
    assertEquals(0, count(html, "class=\"point second\""));
    assertTrue(evaluation().path("roc_auc").isMissingNode());
  }

  @Test
  void trainingThatDivergedStillLeavesAReport() throws IOException {
    String html = report(pictures(4, 2, "cats", "dogs"), "--lr", 1e30);
    assertTrue(html.contains("Training diverged"));
    assertFalse(html.contains("Confusion matrix"));
    assertTrue(html.contains("<h2>Time by stage</h2>"));
  }

  @Test
  void withAugmentationTheMapIsOfTheValidationPicturesAndThereIsNoBaseline() throws IOException {
    String html = report(pictures(4, 4, "cats", "dogs"), "--augment");
    assertTrue(html.contains("there is no linear baseline"));
    assertTrue(html.contains("the features of 4 validation pictures"));
    assertTrue(evaluation().path("ridge_accuracy").isMissingNode());
  }

  @Test
  void chromiumShowsItInLightAndDarkWithoutErrorsAndWithoutTheNetwork() throws Exception {
    report(pictures(8, 6, "cats", "dogs"));
    Path page = directory.resolve("out").resolve("report.html");
    Chromium light = Chromium.open(page, false, directory);
    Chromium dark = Chromium.open(page, true, directory);
    for (Chromium shown : List.of(light, dark)) {
      assertEquals(List.of(), shown.console());
      assertEquals(List.of(), shown.requests());
      BufferedImage image = shown.screenshot();
      // The first and the last screenful both show more than a background.
      assertTrue(colours(image, 0, 600) > 50);
      assertTrue(colours(image, 2000, 1000) > 50);
    }
    assertTrue(brightness(light.screenshot()) > 200, "light");
    assertTrue(brightness(dark.screenshot()) < 60, "dark");
  }

  @Test
  void chromiumTellsOfErrorsAndRequestsWhereThereAreAny() throws Exception {
    Path page = directory.resolve("bad.html");
    String address = "http://127.0.0.1:9/missing.png";
    Files.writeString(page, "<img src='" + address + "'><script>undefinedName()</script>");
    Chromium shown = Chromium.open(page, false, directory);
    assertTrue(shown.console().toString().contains("undefinedName"), shown.console().toString());
    assertTrue(shown.requests().contains(address), shown.requests().toString());
  }

  private static long colours(BufferedImage image, int top, int height) {
    int[] rgb = image.getRGB(0, top, image.getWidth(), height, null, 0, image.getWidth());
    return java.util.Arrays.stream(rgb).distinct().count();
  }

  private static double brightness(BufferedImage image) {
    int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return java.util.Arrays.stream(rgb).map(pixel -> pixel >> 8 & 255).average().orElse(0);
  }
}
