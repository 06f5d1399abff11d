package io.github.lanewise.examples.report.evaluation;

import io.github.lanewise.examples.transfer.Examiner;
import io.github.lanewise.examples.transfer.Head;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.Dataset;
import io.github.lanewise.train.FeatureCache;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a head says of the validation pictures, and what a linear classifier does. */
public final class HeadEvaluation implements Examiner {

  /** The eigenvalues of more pictures would take longer than all the rest of the report. */
  static final int MOST_SAMPLES = 1000;

  private final Compute compute;
  private final int batch;
  private final LongSupplier nanos;
  private @Nullable Scores scores;
  private @Nullable FeatureMap features;
  private double seconds;

  /**
   * An evaluation to come.
   *
   * @param batch pictures a step
   * @param nanos the clock
   */
  public HeadEvaluation(Compute compute, int batch, LongSupplier nanos) {
    this.compute = compute;
    this.batch = batch;
    this.nanos = nanos;
  }

  @Override
  public void examine(Head head, Dataset training, Dataset validation) {
    long start = nanos.getAsLong();
    FeatureRows rows = new FeatureRows(validation, Integer.MAX_VALUE);
    int[] labels = Arrays.stream(rows.targets()).mapToInt(y -> (int) y).toArray();
    scores = scores(head, validation, labels);
    features = features(training, validation, rows, labels);
    seconds = (nanos.getAsLong() - start) / 1e9;
  }

  private @Nullable Scores scores(Head head, Dataset validation, int[] labels) {
    Tensor probabilities =
        CompiledModel.compile(head.model(), new RMSprop(1), Loss.BINARY_CROSSENTROPY)
            .on(compute)
            .predict(validation, batch);
    for (float probability : probabilities.toArray()) {
      if (Float.isNaN(probability)) {
        return null;
      }
    }
    return new Scores(probabilities.toArray(), labels);
  }

  private FeatureMap features(
      Dataset training, Dataset validation, FeatureRows rows, int[] labels) {
    boolean kept = training instanceof FeatureCache;
    FeatureRows fitted = new FeatureRows(kept ? training : validation, MOST_SAMPLES);
    LinearProbe linear = LinearProbe.fit(fitted, compute);
    double[][] values = linear.apply(rows);
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += (values[i][LinearProbe.RIDGE] > 0.5 ? 1 : 0) == labels[i] ? 1 : 0;
    }
    return new FeatureMap(
        Arrays.stream(values).mapToDouble(row -> row[0]).toArray(),
        Arrays.stream(values).mapToDouble(row -> row[1]).toArray(),
        linear.explained(),
        linear.samples(),
        kept,
        kept
            ? new FeatureMap.Probe(linear.samples(), linear.penalty(), right, labels.length)
            : null);
  }

  /** What the head says of the validation pictures; null where that is no number. */
  public @Nullable Scores scores() {
    return scores;
  }

  /** The features; null before the head was examined. */
  public @Nullable FeatureMap features() {
    return features;
  }

  /** All of it in figures, by name; what is no number is left out. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    if (scores != null) {
      put(figures, "accuracy", ConfusionMatrix.of(scores).accuracy());
      figures.put("confusion", ConfusionMatrix.of(scores).counts());
      put(figures, "roc_auc", RocCurve.of(scores).area());
      put(figures, "average_precision", PrecisionRecallCurve.of(scores).area());
      put(figures, "calibration_error", Calibration.of(scores, Calibration.BINS).error());
    }
    FeatureMap.Probe probe = features == null ? null : features.probe();
    if (probe != null) {
      put(figures, "ridge_accuracy", probe.accuracy());
      put(figures, "ridge_penalty", probe.penalty());
      figures.put("ridge_samples", probe.samples());
    }
    return figures;
  }

  private static void put(Map<String, Object> figures, String name, double value) {
    if (Double.isFinite(value)) {
      figures.put(name, value);
    }
  }

  /** How long it took. */
  public double seconds() {
    return seconds;
  }
}
