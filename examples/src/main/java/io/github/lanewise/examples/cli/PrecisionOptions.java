package io.github.lanewise.examples.cli;

import io.github.lanewise.kernels.WeightPrecision;
import picocli.CommandLine.Option;

/** How precise the weights are that compute. */
final class PrecisionOptions {

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "float32",
      description =
          "Precision of the weights: float32, bfloat16 (half the memory) or int8 (a quarter, with a"
              + " scale for each output channel) (default: ${DEFAULT-VALUE}).")
  WeightPrecision precision = WeightPrecision.FLOAT32;
}
