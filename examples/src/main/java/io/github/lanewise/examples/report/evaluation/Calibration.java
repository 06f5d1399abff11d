package io.github.lanewise.examples.report.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities are what they say: samples in bins of equal width by their probability of
 * class 1.
 *
 * @param bins from 0 to 1; one without samples has NaN for its means
 * @param error the expected calibration error: the mean distance between what is said and what is,
 *     bins weighted by their samples (Guo et al., 2017, equation 3, of the probability of class 1);
 *     NaN where there is no sample
 */
public record Calibration(List<Bin> bins, double error) {

  /** The number of bins that reports use. */
  public static final int BINS = 10;

  /**
   * Samples of similar probability.
   *
   * @param from the least probability
   * @param to the greatest; the bin does not hold it, but for the last one
   * @param count samples
   * @param said their mean probability of class 1
   * @param found the share of them that is of class 1
   */
  public record Bin(double from, double to, int count, double said, double found) {}

  /**
   * Bins of the same width.
   *
   * @param bins how many
   */
  public static Calibration of(Scores scores, int bins) {
    int[] counts = new int[bins];
    double[] said = new double[bins];
    int[] found = new int[bins];
    for (int i = 0; i < scores.size(); i++) {
      int bin = Math.min((int) (scores.probabilities()[i] * bins), bins - 1);
      counts[bin]++;
      said[bin] += scores.probabilities()[i];
      found[bin] += scores.labels()[i];
    }
    List<Bin> all = new ArrayList<>();
    double error = 0;
    for (int i = 0; i < bins; i++) {
      double from = (double) i / bins;
      double to = (double) (i + 1) / bins;
      all.add(new Bin(from, to, counts[i], said[i] / counts[i], (double) found[i] / counts[i]));
      error += Math.abs(said[i] - found[i]);
    }
    return new Calibration(List.copyOf(all), error / scores.size());
  }
}
