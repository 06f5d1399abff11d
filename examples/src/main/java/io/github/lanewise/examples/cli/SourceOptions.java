package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.download.KerasCache;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the weights and photographs of a training come from. */
final class SourceOptions {

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "InceptionV3's weights without the top, in Keras's .h5 layout (default: the official file"
              + " in Keras's cache folder, if it is there).")
  @Nullable Path weights;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Photographs in train and validation, each with a folder a class (default: those in"
              + " Keras's cache folder, if they are there).")
  @Nullable Path data;

  @Option(
      names = "--download",
      description =
          "Fetch the weights and photographs that are not there into Keras's cache folder.")
  boolean download;

  @Option(names = "--sample", description = "Use the embedded sample, whatever is there.")
  boolean sample;

  void check() {
    if (sample && (weights != null || data != null || download)) {
      throw new ParameterException(
          spec.commandLine(), "--sample does not go with --weights, --data and --download");
    }
  }

  /** The files, fetched where that is asked for; null for the embedded sample. */
  @Nullable TrainingSource source(TrainingProgress progress) throws IOException {
    if (sample) {
      return null;
    }
    KerasCache cache = KerasCache.standard();
    if (download) {
      return TrainingSource.fetch(weights, data, cache, progress::transfer);
    }
    try {
      return TrainingSource.find(weights, data, cache);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), e.getMessage() + "; name it, or give --download", e);
    }
  }

  static String announcement(@Nullable TrainingSource source) {
    if (source == null) {
      return "No weights and photographs given: this is the embedded sample, drawn pictures and"
          + " random weights.";
    }
    return "Weights " + source.weights() + ", photographs " + source.data();
  }
}
