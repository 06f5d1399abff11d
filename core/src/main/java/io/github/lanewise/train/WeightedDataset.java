package io.github.lanewise.train;

/** A dataset whose samples weigh otherwise. */
final class WeightedDataset extends DatasetView {

  private final float[] weights;

  WeightedDataset(Dataset source, float[] weights) {
    super(source);
    if (weights.length != source.size()) {
      throw new IllegalArgumentException(
          "sample_weight: expected " + source.size() + " weights, found " + weights.length);
    }
    for (float weight : weights) {
      if (!(weight >= 0 && Float.isFinite(weight))) {
        throw new IllegalArgumentException(
            "sample_weight: expected weights of at least 0, found " + weight);
      }
    }
    this.weights = weights.clone();
  }

  @Override
  public float weight(int index) {
    return weights[index];
  }
}
