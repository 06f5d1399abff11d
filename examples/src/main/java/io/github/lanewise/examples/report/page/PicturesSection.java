package io.github.lanewise.examples.report.page;

import io.github.lanewise.examples.report.ExplainedPicture;
import io.github.lanewise.examples.report.evaluation.Scores;
import io.github.lanewise.examples.transfer.Head;
import io.github.lanewise.examples.transfer.Material;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.PictureException;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.GradCam;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The pictures that the head is most wrong about and most certain of, with heat maps. */
final class PicturesSection {

  /** Pictures of each kind. */
  static final int MOST = 6;

  private final Html html;
  private final Material material;
  private final Scores scores;
  private final PictureSource source;
  private final GradCam gradCam;

  PicturesSection(Html html, Material material, Head head, Scores scores, Compute compute) {
    this.html = html;
    this.material = material;
    this.scores = scores;
    this.source = new PictureSource(material.pictures().validation());
    this.gradCam = new GradCam(head.model(), Material.LAYER, compute);
  }

  /**
   * Writes both.
   *
   * @throws IOException if this JDK can not encode pictures
   */
  void write() throws IOException {
    List<Integer> wrong = mostWrong(scores);
    html.open("section").leaf("h2", "Most wrong about");
    if (wrong.isEmpty()) {
      html.leaf("p", "There is no validation picture that it is wrong about.");
    } else {
      html.leaf(
          "p",
          "Mistakes made with the greatest probability. The heat map (Grad-CAM over "
              + Material.LAYER
              + ") shows where in the picture the head saw what spoke for its answer, from blue over"
              + " green and yellow to red. It is approximate: it weighs the channels of that layer,"
              + " not its places.");
      cards(wrong);
    }
    html.close();
    List<Integer> certain = mostCertain(scores);
    html.open("section").leaf("h2", "Most certain of, and right");
    if (certain.isEmpty()) {
      html.leaf("p", "There is no validation picture that it is right about.");
    } else {
      html.leaf("p", "The right answers with the greatest probability, of each class as many.");
      cards(certain);
    }
    html.close();
  }

  /** Pictures with the wrong answer, the most probable answer first. */
  static List<Integer> mostWrong(Scores scores) {
    return byConfidence(scores).filter(i -> !scores.right(i)).limit(MOST).boxed().toList();
  }

  /** Pictures with the right answer, the most probable first: half of them of each class. */
  static List<Integer> mostCertain(Scores scores) {
    List<Integer> certain = new ArrayList<>();
    for (int label = 0; label < 2; label++) {
      int wanted = label;
      byConfidence(scores)
          .filter(i -> scores.right(i) && scores.labels()[i] == wanted)
          .limit(MOST / 2)
          .forEach(certain::add);
    }
    return certain;
  }

  private static IntStream byConfidence(Scores scores) {
    return IntStream.range(0, scores.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -scores.confidence(i)))
        .mapToInt(Integer::intValue);
  }

  private void cards(List<Integer> pictures) throws IOException {
    html.open("div", "class", "cards");
    for (int picture : pictures) {
      card(picture);
    }
    html.close();
  }

  private void card(int index) throws IOException {
    html.open("figure", "class", "card");
    try {
      Picture picture = source.picture(index);
      Tensor x = Tensor.zeros(material.input().shape().prepend(1));
      material.input().write(picture, x.data(), x.offset());
      Tensor map = gradCam.heatMap(x, 0, scores.predicted(index) == 0);
      Picture small = Thumbnail.of(picture);
      html.open("div", "class", "pair");
      image(Thumbnail.uri(Thumbnail.image(small)), source.name(index));
      image(Thumbnail.uri(ExplainedPicture.draw(small, map)), source.name(index) + ", heat map");
      html.close();
    } catch (PictureException e) {
      html.leaf("p", "The picture can no longer be read: " + e.reason());
    }
    List<String> labels = material.pictures().labels();
    String said = labels.get(scores.predicted(index));
    String actual = labels.get(scores.labels()[index]);
    html.open("figcaption");
    html.leaf("strong", scores.right(index) ? said : actual + ", taken for " + said);
    html.leaf("span", Words.probability(scores.confidence(index)) + " sure", "class", "sure");
    html.leaf("span", source.name(index), "class", "file").close().close();
  }

  private void image(String uri, String words) {
    html.single("img", "src", uri, "alt", words);
  }
}
