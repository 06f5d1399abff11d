package io.github.lanewise.examples.report.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * Where pictures lie in the plane of their features' two principal components, and how well a ridge
 * regression tells the classes apart.
 *
 * @param x along the first component, a value a picture
 * @param y along the second
 * @param explained the shares of the features' variance along the two
 * @param samples pictures that the components are of
 * @param ofTraining whether those are training pictures; else they are the ones that are mapped
 * @param probe the regression on the training pictures; null where their features are not kept
 */
public record FeatureMap(
    double[] x,
    double[] y,
    double[] explained,
    int samples,
    boolean ofTraining,
    @Nullable Probe probe) {

  /**
   * The ridge regression.
   *
   * @param samples training pictures that it was fitted to
   * @param penalty on the squared weights
   * @param right validation pictures of which it says the right class
   * @param total validation pictures
   */
  public record Probe(int samples, double penalty, int right, int total) {

    /** The share of validation pictures of which it says the right class. */
    public double accuracy() {
      return (double) right / total;
    }
  }
}
