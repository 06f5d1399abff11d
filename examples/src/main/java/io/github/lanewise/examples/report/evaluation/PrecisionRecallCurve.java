package io.github.lanewise.examples.report.evaluation;

/**
 * Precision and recall of class 1 for each threshold, the greatest first.
 *
 * @param recall the share of class 1 that is at or above the threshold
 * @param precision the share of what is at or above the threshold that is of class 1
 * @param area under the curve, as average precision: the precision at each step, weighted by how
 *     much the recall grows there; NaN where class 1 has no sample, and the curve then has no point
 */
public record PrecisionRecallCurve(double[] recall, double[] precision, double area) {

  /** The curve of all thresholds. */
  public static PrecisionRecallCurve of(Scores scores) {
    int positives = scores.count(1);
    if (positives == 0) {
      return new PrecisionRecallCurve(new double[0], new double[0], Double.NaN);
    }
    Steps steps = Steps.of(scores);
    double[] recall = new double[steps.count()];
    double[] precision = new double[steps.count()];
    double area = 0;
    double before = 0;
    for (int i = 0; i < recall.length; i++) {
      int found = steps.positives()[i];
      recall[i] = (double) found / positives;
      precision[i] = (double) found / (found + steps.negatives()[i]);
      area += (recall[i] - before) * precision[i];
      before = recall[i];
    }
    return new PrecisionRecallCurve(recall, precision, area);
  }
}
