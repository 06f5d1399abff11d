package io.github.lanewise.examples.report.evaluation;

/**
 * How often each of two classes is taken for each.
 *
 * @param counts by true class, then by the class that is said
 */
public record ConfusionMatrix(int[][] counts) {

  /** Counts. */
  public static ConfusionMatrix of(Scores scores) {
    int[][] counts = new int[2][2];
    for (int i = 0; i < scores.size(); i++) {
      counts[scores.labels()[i]][scores.predicted(i)]++;
    }
    return new ConfusionMatrix(counts);
  }

  /** Samples of a class. */
  public int actual(int label) {
    return counts[label][0] + counts[label][1];
  }

  /** Samples that are said to be of a class. */
  public int predicted(int label) {
    return counts[0][label] + counts[1][label];
  }

  /** Samples that the right class is said of. */
  public int right() {
    return counts[0][0] + counts[1][1];
  }

  /** All samples. */
  public int total() {
    return actual(0) + actual(1);
  }

  /** The share that the right class is said of; NaN where there is no sample. */
  public double accuracy() {
    return (double) right() / total();
  }

  /** The share of a class's samples that are found; NaN where there is none. */
  public double recall(int label) {
    return (double) counts[label][label] / actual(label);
  }

  /** The share of what is said to be of a class that is; NaN where that is never said. */
  public double precision(int label) {
    return (double) counts[label][label] / predicted(label);
  }
}
