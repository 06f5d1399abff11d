package io.github.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.kernels.Conv2dAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EjmlConv2dBenchmarkTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "16:3:3x3:32:2:valid",
        "7:16:1x7:32:1:same",
        "5:8:3x3:16:1:same",
        "3:8:1x1:4:1:same"
      })
  void theBaselineComputesTheSameAsTheKernels(String shape) {
    Conv2dBenchmark ours = new Conv2dBenchmark();
    ours.batch = 2;
    ours.shape = shape;
    ours.algorithm = Conv2dAlgorithm.DIRECT;
    ours.draw();
    ours.lanewise();
    EjmlConv2dBenchmark baseline = new EjmlConv2dBenchmark();
    baseline.batch = 2;
    baseline.shape = shape;
    baseline.draw();
    assertArrayEquals(ours.output(), baseline.ejml(), 1e-4f);
  }
}
