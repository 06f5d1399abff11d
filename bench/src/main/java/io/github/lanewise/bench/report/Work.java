package io.github.lanewise.bench.report;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.bench.Conv2dShape;
import io.github.lanewise.model.Model;
import java.util.List;
import java.util.Map;

/**
 * Floating-point operations of calls, by the definition of what they compute: two a multiply-add.
 */
final class Work {

  private static final long FEATURES = 37_632;
  private static final long UNITS = 1024;

  private Work() {}

  /**
   * Operations of one call.
   *
   * @return NaN for benchmarks that are limited by memory, or unknown
   */
  static double flops(String benchmark, Map<String, String> parameters) {
    double batch = Double.parseDouble(parameters.getOrDefault("batch", "1"));
    return switch (benchmark.substring(0, benchmark.indexOf('.'))) {
      case "Conv2dBenchmark",
          "EjmlConv2dBenchmark",
          "Conv2dGradientBenchmark",
          "OnnxRuntimeConv2dBenchmark" ->
          2 * batch * multiplyAdds(Conv2dShape.parse(of(parameters, "shape")));
      case "GemmBenchmark" -> 2 * Math.pow(Double.parseDouble(of(parameters, "n")), 3);
      case "InceptionV3Benchmark" -> 2 * batch * multiplyAdds(of(parameters, "layer"));
      // Forward and towards the weights; the features need no gradient.
      case "HeadStepBenchmark" -> 2 * 2 * batch * (FEATURES + 1) * UNITS;
      // Forward, towards the filters, and towards the inputs but for the picture.
      case "FineTuneBenchmark" ->
          2 * batch * (3 * multiplyAdds("mixed10") - multiplyAdds(convolutions("mixed10").get(0)));
      default -> Double.NaN;
    };
  }

  private static String of(Map<String, String> parameters, String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("expected a parameter " + name + ", found " + parameters);
    }
    return value;
  }

  private static double multiplyAdds(Conv2dShape shape) {
    return shape.geometry(1).multiplyAdds();
  }

  private static double multiplyAdds(String layer) {
    return convolutions(layer).stream().mapToDouble(Work::multiplyAdds).sum();
  }

  private static List<Conv2dShape> convolutions(String layer) {
    Model whole = InceptionV3.notop(150, 150);
    return Conv2dShape.of(new Model(whole.input(), whole.layer(layer).output()));
  }
}
