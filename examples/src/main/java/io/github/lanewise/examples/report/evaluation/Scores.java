package io.github.lanewise.examples.report.evaluation;

import java.util.stream.IntStream;

/**
 * What a classifier of two classes says of some samples, and what is true.
 *
 * @param probabilities of class 1, from 0 to 1
 * @param labels 0 or 1
 */
public record Scores(float[] probabilities, int[] labels) {

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if they differ in number, or if one is not what it should be
   */
  public Scores {
    if (probabilities.length != labels.length) {
      throw new IllegalArgumentException(
          "Scores: expected as many labels as probabilities, found "
              + labels.length
              + " and "
              + probabilities.length);
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        throw new IllegalArgumentException("Scores: expected label 0 or 1, found " + labels[i]);
      }
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        throw new IllegalArgumentException(
            "Scores: expected probabilities from 0 to 1, found " + probabilities[i]);
      }
    }
  }

  /** The number of samples. */
  public int size() {
    return labels.length;
  }

  /** How many samples are of a class. */
  public int count(int label) {
    return (int) IntStream.of(labels).filter(each -> each == label).count();
  }

  /** The class that is said: 1 for a probability above one half, as Keras's accuracy counts. */
  public int predicted(int index) {
    return probabilities[index] > 0.5f ? 1 : 0;
  }

  /** Whether the right class is said. */
  public boolean right(int index) {
    return predicted(index) == labels[index];
  }

  /** The probability of the class that is said, from 0.5 to 1. */
  public double confidence(int index) {
    double p = probabilities[index];
    return Math.max(p, 1 - p);
  }

  /** The samples by probability of class 1, the largest first; equal ones in their order. */
  int[] descending() {
    return IntStream.range(0, size())
        .boxed()
        .sorted((a, b) -> Float.compare(probabilities[b], probabilities[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
