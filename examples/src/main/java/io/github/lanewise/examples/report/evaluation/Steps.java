package io.github.lanewise.examples.report.evaluation;

import java.util.Arrays;

/**
 * How many samples of each class are at or above each probability that occurs, the greatest
 * probability first.
 */
record Steps(int[] positives, int[] negatives) {

  static Steps of(Scores scores) {
    int[] order = scores.descending();
    int[] positives = new int[order.length];
    int[] negatives = new int[order.length];
    int steps = 0;
    int positive = 0;
    for (int i = 0; i < order.length; i++) {
      positive += scores.labels()[order[i]];
      boolean last =
          i == order.length - 1
              || scores.probabilities()[order[i + 1]] != scores.probabilities()[order[i]];
      if (last) {
        positives[steps] = positive;
        negatives[steps] = i + 1 - positive;
        steps++;
      }
    }
    return new Steps(Arrays.copyOf(positives, steps), Arrays.copyOf(negatives, steps));
  }

  int count() {
    return positives.length;
  }
}
