package io.github.lanewise.infer;

import io.github.lanewise.infer.InferencePlan.PlacedStep;
import io.github.lanewise.infer.InferencePlan.PlacedStretch;
import io.github.lanewise.kernels.Conv2dGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan in words: what each step does, how, and how fast it is expected to be. */
final class Explanation {

  private Explanation() {}

  static List<PlanStep> steps(List<PlacedStretch> stretches) {
    List<PlanStep> steps = new ArrayList<>();
    for (PlacedStretch stretch : stretches) {
      int together = stretch.samples() == SplitBatch.WHOLE ? 0 : stretch.samples();
      stretch.steps().forEach(step -> steps.add(step(step, together)));
    }
    return List.copyOf(steps);
  }

  private static PlanStep step(PlacedStep placed, int together) {
    Step step = placed.step();
    String kernel = "";
    long multiplyAdds = 0;
    double speed = 0;
    if (step instanceof Conv2dStep conv) {
      Conv2dGeometry g =
          conv.op().geometry(placed.inputs().get(0).shape().withBatch(1), conv.kernel());
      String stride = g.strideHeight() > 1 ? "/" + g.strideHeight() : "";
      kernel = g.filterHeight() + "x" + g.filterWidth() + stride;
      multiplyAdds = g.multiplyAdds();
      speed = conv.filter().expectedSpeed(g);
    }
    return new PlanStep(
        placed.layer(),
        step.name(),
        kernel,
        placed.output().shape(),
        step.algorithm(),
        together,
        multiplyAdds,
        speed);
  }

  static String table(List<PlanStep> steps, double peak) {
    StringBuilder table = new StringBuilder();
    table.append(
        line("layer", "kernel", "output", "algorithm", "together", "MMAC", "GFLOP/s expected"));
    for (PlanStep step : steps) {
      boolean convolves = step.multiplyAdds() > 0;
      table.append(
          line(
              step.layer(),
              convolves ? step.op() + " " + step.kernel() : step.op(),
              step.output().toString(),
              step.algorithm(),
              step.together() == 0 ? "batch" : String.valueOf(step.together()),
              convolves ? String.format(Locale.ROOT, "%.1f", step.multiplyAdds() / 1e6) : "",
              convolves ? String.format(Locale.ROOT, "%.0f", peak * step.expectedSpeed()) : ""));
    }
    return table.toString();
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
            .stripTrailing()
        + "\n";
  }
}
