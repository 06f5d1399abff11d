package io.github.lanewise.infer;

import io.github.lanewise.infer.InferencePlan.PlacedStep;
import io.github.lanewise.infer.InferencePlan.PlacedStretch;
import io.github.lanewise.kernels.Conv2dGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan as a table: what each step does, how, and how fast it is expected to be. */
final class Explanation {

  private Explanation() {}

  static String of(List<PlacedStretch> stretches, double peak) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line("layer", "kernel", "output", "algorithm", "together", "MMAC", "GFLOP/s expected"));
    for (PlacedStretch stretch : stretches) {
      String together =
          stretch.samples() == SplitBatch.WHOLE ? "batch" : String.valueOf(stretch.samples());
      for (PlacedStep step : stretch.steps()) {
        lines.add(line(step, together, peak));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String line(PlacedStep placed, String together, double peak) {
    String output = placed.output().shape().toString();
    if (!(placed.step() instanceof Conv2dStep step)) {
      return line(
          placed.layer(),
          placed.step().name(),
          output,
          placed.step().algorithm(),
          together,
          "",
          "");
    }
    Conv2dGeometry g =
        step.op().geometry(placed.inputs().get(0).shape().withBatch(1), step.kernel());
    String kernel =
        "Conv2d %dx%d%s"
            .formatted(
                g.filterHeight(),
                g.filterWidth(),
                g.strideHeight() > 1 ? "/" + g.strideHeight() : "");
    return line(
        placed.layer(),
        kernel,
        output,
        step.algorithm(),
        together,
        String.format(Locale.ROOT, "%.1f", g.multiplyAdds() / 1e6),
        String.format(Locale.ROOT, "%.0f", peak * step.filter().expectedSpeed(g)));
  }

  private static String line(
      String layer,
      String kernel,
      String output,
      String algorithm,
      String together,
      String products,
      String speed) {
    return String.format(
            "%-24s %-16s %-22s %-36s %8s %8s %16s",
            layer, kernel, output, algorithm, together, products, speed)
        .stripTrailing();
  }
}
