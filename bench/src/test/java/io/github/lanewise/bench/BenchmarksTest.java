package io.github.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Benchmarks are called once; the networks' are too slow for that before C2 has compiled them. */
class BenchmarksTest {

  @ParameterizedTest
  @CsvSource({
    "FmaPeakBenchmark, 1, batch, 1",
    "GemmBenchmark, 2, n, 128",
    "Conv2dBenchmark, 2, shape, 7:128:1x7:128:1:same",
    "EjmlConv2dBenchmark, 1, shape, 7:128:1x7:128:1:same",
    "Conv2dGradientBenchmark, 2, shape, 7:128:1x7:128:1:same",
    "Pool2dBenchmark, 2, shape, 7:768",
    "BatchNormalizationBenchmark, 2, shape, 7:192",
    "OptimizerBenchmark, 4, rows, 64",
  })
  void benchmarksRun(String name, int results, String parameter, String value)
      throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options.include("\\." + name + "\\.").param(parameter, value).param("batch", "1");
    options.forks(0).warmupIterations(0).measurementIterations(1);
    options.measurementTime(TimeValue.milliseconds(1)).shouldFailOnError(true);
    options.verbosity(VerboseMode.SILENT);
    assertEquals(results, new Runner(options.build()).run().size());
  }
}
