package io.github.lanewise.examples.cli;

import io.github.lanewise.kernels.Compute;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What computes. */
final class ComputeOptions {

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: the available processors).")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "20",
      description = "Pictures at a time (default: ${DEFAULT-VALUE}).")
  int batch;

  Compute compute() {
    Values.atLeast(spec, 1, "--threads", threads);
    Values.atLeast(spec, 1, "--batch", batch);
    return Compute.threads(threads);
  }
}
