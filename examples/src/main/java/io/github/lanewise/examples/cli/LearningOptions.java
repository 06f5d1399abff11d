package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.transfer.TrainingOptions;
import io.github.lanewise.examples.transfer.Trunk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How heads are trained, and the trunk after them. */
final class LearningOptions {

  private static final double SAMPLE_LEARNING_RATE = 5e-6;
  private static final double LEARNING_RATE = 1e-4;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Passes over the pictures (default: ${DEFAULT-VALUE}).")
  int epochs;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Change the weights once in so many batches, by the mean of the batches' gradients"
              + " (default: ${DEFAULT-VALUE}).")
  int accumulate;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description =
          "RMSprop's learning rate (default: "
              + LEARNING_RATE
              + "; "
              + SAMPLE_LEARNING_RATE
              + " for the embedded sample).")
  @Nullable Double learningRate;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      defaultValue = "0.2",
      description = "The share that the second run drops (default: ${DEFAULT-VALUE}).")
  double dropout;

  @Option(
      names = "--unfreeze",
      paramLabel = "LAYER",
      description =
          "Then retrain, with the second head, the trunk from this layer of InceptionV3 up, such as"
              + " mixed6, for as many epochs again; batch normalization keeps its statistics (default:"
              + " the trunk stays frozen).")
  @Nullable String unfreeze;

  @Option(
      names = "--unfreeze-lr",
      paramLabel = "X",
      defaultValue = "1e-5",
      description = "RMSprop's learning rate in that (default: ${DEFAULT-VALUE}).")
  double unfreezeLearningRate;

  @Option(
      names = "--recompute",
      description =
          "With --unfreeze: compute the trunk's blocks again on the way back instead of keeping"
              + " what they computed; less memory, more time, the same bits.")
  boolean recompute;

  @Option(
      names = "--augment",
      description =
          "Turn (40 degrees), shift, zoom (0.2), shear and flip the training pictures, other ones in"
              + " each epoch; the trunk then runs in each epoch too.")
  boolean augment;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description =
          "Where the random numbers start; the same seed gives the same bits (default:"
              + " ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--cache-memory",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description =
          "What the trunk's outputs may take in memory, such as 512m or 2g, before they go to a"
              + " temporary file; with --augment, decoded pictures too (default: a quarter of the"
              + " heap).")
  long cacheMemory = Runtime.getRuntime().maxMemory() / 4;

  void check() {
    Values.atLeast(spec, 1, "--epochs", epochs);
    Values.atLeast(spec, 1, "--accumulate", accumulate);
    Values.require(
        spec, dropout > 0 && dropout < 1, "--dropout", "more than 0 and less than 1", dropout);
    if (learningRate != null) {
      boolean positive = learningRate > 0 && learningRate < Double.POSITIVE_INFINITY;
      Values.require(spec, positive, "--lr", "more than 0", learningRate);
    }
    boolean positive = unfreezeLearningRate > 0 && unfreezeLearningRate < Double.POSITIVE_INFINITY;
    Values.require(spec, positive, "--unfreeze-lr", "more than 0", unfreezeLearningRate);
    if (recompute && unfreeze == null) {
      throw new ParameterException(spec.commandLine(), "--recompute goes with --unfreeze alone");
    }
  }

  void checkUnfreezing(Trunk trunk) {
    if (unfreeze == null) {
      return;
    }
    try {
      trunk.requireUnfreezable(unfreeze);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--unfreeze: " + e.getMessage(), e);
    }
  }

  /**
   * The same as a value.
   *
   * @param batch pictures at a time
   * @param drawn whether the pictures are the embedded sample's
   */
  TrainingOptions options(int batch, boolean drawn) {
    double rate = drawn ? SAMPLE_LEARNING_RATE : LEARNING_RATE;
    return new TrainingOptions(
        epochs,
        batch,
        accumulate,
        learningRate == null ? rate : learningRate,
        dropout,
        seed,
        cacheMemory,
        augment,
        unfreeze == null
            ? null
            : new TrainingOptions.Unfreezing(unfreeze, unfreezeLearningRate, recompute));
  }
}
