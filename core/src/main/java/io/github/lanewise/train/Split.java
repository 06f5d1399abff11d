package io.github.lanewise.train;

/**
 * Two parts of a dataset that have no sample in common.
 *
 * @param training the first samples
 * @param validation those that are left
 */
public record Split(Dataset training, Dataset validation) {

  static Split of(Dataset source, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "split: expected a fraction above 0 and below 1, found " + fraction);
    }
    int at = (int) Math.floor(source.size() * (1 - fraction));
    if (at == 0 || at == source.size()) {
      throw new IllegalArgumentException(
          "split: expected enough samples for two parts, found "
              + source.size()
              + " for the fraction "
              + fraction);
    }
    return new Split(source.take(at), source.skip(at));
  }
}
