package io.github.lanewise.examples.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a head says of a picture.
 *
 * @param label 0 or 1
 * @param name the label's name
 * @param probability the label's, from 0.5 to 1
 */
public record Prediction(int label, String name, float probability) {

  /**
   * From the head's output.
   *
   * @param names the names of the classes, by label
   * @param second the probability of the second class
   */
  public static Prediction of(List<String> names, float second) {
    int label = second > 0.5f ? 1 : 0;
    return new Prediction(label, names.get(label), label == 1 ? second : 1 - second);
  }

  /** The picture's path, label and probability, with tabs between them. */
  public String line(Path file) {
    return String.format(Locale.ROOT, "%s\t%s\t%.4f", file, name, probability);
  }
}
