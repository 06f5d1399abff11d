package io.github.lanewise.examples.report.evaluation;

/**
 * The receiver operating characteristic: for each threshold, the share of class 1 and of class 0
 * that is at or above it. Equal probabilities are one step, which may be slanted.
 *
 * @param falsePositives shares of class 0, from 0 to 1
 * @param truePositives shares of class 1, from 0 to 1
 * @param area under the curve: the chance that a sample of class 1 gets a greater probability than
 *     one of class 0, equal ones counting half; NaN where one class has no sample, and the curve
 *     then has no point
 */
public record RocCurve(double[] falsePositives, double[] truePositives, double area) {

  /** The curve of all thresholds. */
  public static RocCurve of(Scores scores) {
    int positives = scores.count(1);
    int negatives = scores.count(0);
    if (positives == 0 || negatives == 0) {
      return new RocCurve(new double[0], new double[0], Double.NaN);
    }
    Steps steps = Steps.of(scores);
    double[] x = new double[steps.count() + 1];
    double[] y = new double[steps.count() + 1];
    double area = 0;
    for (int i = 1; i < x.length; i++) {
      x[i] = (double) steps.negatives()[i - 1] / negatives;
      y[i] = (double) steps.positives()[i - 1] / positives;
      area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
    }
    return new RocCurve(x, y, area);
  }
}
