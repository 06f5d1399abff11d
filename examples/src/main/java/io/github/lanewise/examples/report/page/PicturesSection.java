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

  private final Material material;
  private final Scores scores;
  private final PictureSource source;
  private final List<Card> wrong = new ArrayList<>();
  private final List<Card> certain = new ArrayList<>();

  /** A picture, and either the URIs of itself and of its heat map, or why it can not be read. */
  private record Card(int index, List<String> uris, String unreadable) {}

  /**
   * Draws the heat maps.
   *
   * @throws IOException if this JDK can not encode pictures
   */
  PicturesSection(Material material, Head head, Scores scores, Compute compute) throws IOException {
    this.material = material;
    this.scores = scores;
    this.source = new PictureSource(material.pictures().validation());
    GradCam gradCam = new GradCam(head.model(), Material.LAYER, compute);
    for (int index : mostWrong(scores)) {
      wrong.add(card(index, gradCam));
    }
    for (int index : mostCertain(scores)) {
      certain.add(card(index, gradCam));
    }
  }

  private Card card(int index, GradCam gradCam) throws IOException {
    try {
      Picture picture = source.picture(index);
      Tensor x = Tensor.zeros(material.input().shape().prepend(1));
      material.input().write(picture, x.data(), x.offset());
      Tensor map = gradCam.heatMap(x, 0, scores.predicted(index) == 0);
      Picture small = Thumbnail.of(picture);
      String uri = Thumbnail.uri(Thumbnail.image(small));
      return new Card(index, List.of(uri, Thumbnail.uri(ExplainedPicture.draw(small, map))), "");
    } catch (PictureException e) {
      return new Card(index, List.of(), e.reason());
    }
  }

  /** Writes both. */
  void write(Html html) {
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
      cards(html, wrong);
    }
    html.close();
    html.open("section").leaf("h2", "Most certain of, and right");
    if (certain.isEmpty()) {
      html.leaf("p", "There is no validation picture that it is right about.");
    } else {
      html.leaf("p", "The right answers with the greatest probability, of each class as many.");
      cards(html, certain);
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

  private void cards(Html html, List<Card> cards) {
    html.open("div", "class", "cards");
    for (Card card : cards) {
      write(html, card);
    }
    html.close();
  }

  private void write(Html html, Card card) {
    int index = card.index();
    String name = source.name(index);
    html.open("figure", "class", "card");
    if (card.uris().isEmpty()) {
      html.leaf("p", "The picture can no longer be read: " + card.unreadable());
    } else {
      html.open("div", "class", "pair");
      html.single("img", "src", card.uris().get(0), "alt", name);
      html.single("img", "src", card.uris().get(1), "alt", name + ", heat map").close();
    }
    List<String> labels = material.pictures().labels();
    String said = labels.get(scores.predicted(index));
    String actual = labels.get(scores.labels()[index]);
    html.open("figcaption");
    html.leaf("strong", scores.right(index) ? said : actual + ", taken for " + said);
    html.leaf("span", Words.probability(scores.confidence(index)) + " sure", "class", "sure");
    html.leaf("span", name, "class", "file").close().close();
  }
}
