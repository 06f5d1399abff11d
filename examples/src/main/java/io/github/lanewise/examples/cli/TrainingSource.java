package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.download.KerasCache;
import io.github.lanewise.examples.download.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Weights and photographs to train on.
 *
 * @param weights InceptionV3's
 * @param data the directory of photographs
 */
record TrainingSource(Path weights, Path data) {

  /**
   * What is named, else what Keras's cache folder holds.
   *
   * @return null where nothing is named, and the cache lacks one of the two: for the sample
   * @throws IllegalArgumentException if one of the two is named and the other is nowhere
   */
  static @Nullable TrainingSource find(
      @Nullable Path weights, @Nullable Path data, KerasCache cache) {
    Path foundWeights = weights == null ? cache.weights(KerasCache.WEIGHTS).orElse(null) : weights;
    Path foundData = data == null ? cache.pictures().orElse(null) : data;
    if (foundWeights != null && foundData != null) {
      return new TrainingSource(foundWeights, foundData);
    }
    if (weights != null) {
      throw new IllegalArgumentException(
          "expected --data with --weights: there are no photographs in " + cache.directory());
    }
    if (data != null) {
      throw new IllegalArgumentException(
          "expected --weights with --data: there are no weights in " + cache.directory());
    }
    return null;
  }

  /**
   * What is named, and the rest fetched into Keras's cache folder where it is not there.
   *
   * @param progress gives the listener for a file's name
   */
  static TrainingSource fetch(
      @Nullable Path weights,
      @Nullable Path data,
      KerasCache cache,
      Function<String, Transfer> progress)
      throws IOException {
    return new TrainingSource(
        weights == null ? cache.fetchWeights(progress) : weights,
        data == null ? cache.fetchPictures(progress) : data);
  }
}
