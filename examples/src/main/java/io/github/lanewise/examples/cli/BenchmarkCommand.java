package io.github.lanewise.examples.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.examples.benchmark.ForwardBenchmark;
import io.github.lanewise.examples.benchmark.ForwardBenchmark.Result;
import io.github.lanewise.examples.benchmark.LayerTimes;
import io.github.lanewise.examples.benchmark.Peak;
import io.github.lanewise.examples.benchmark.Startup;
import io.github.lanewise.examples.benchmark.TrainingTask;
import io.github.lanewise.examples.report.Machine;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.model.Model;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how fast InceptionV3 runs, and trains, here. */
@Command(
    name = "benchmark",
    description = {
      "Measures InceptionV3's forward pass up to a layer: time, speed as a share of the FMA peak"
          + " that is measured first, memory, warm-up.",
      "With --train, a step of training instead: time and memory."
    },
    mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {

  private static final int SMALLEST = 75;

  /** Pictures a step of training where none are given. */
  private static final int TRAINING_BATCH = 20;

  /** What a step of training has nothing to do with. */
  private static final List<String> FORWARD_OPTIONS =
      List.of("--weights", "--layer", "--algorithm", "--precision", "--explain", "--layers");

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--train",
      paramLabel = "TASK",
      description =
          "Measure a step of training: head (the course's, on mixed7) or fine-tune (all of"
              + " InceptionV3) (default: measure the forward pass).")
  @Nullable TrainingTask train;

  @Option(
      names = "--recompute",
      description =
          "With --train fine-tune: compute blocks again on the way back instead of keeping what"
              + " they computed; less memory, more time, the same bits.")
  boolean recompute;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "InceptionV3's weights without the top, in Keras's .h5 layout (default: random ones).")
  @Nullable Path weights;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      defaultValue = "mixed7",
      description = "The layer to compute (default: ${DEFAULT-VALUE}).")
  String layer = "";

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "150",
      description = "Height and width of the input in pixels (default: ${DEFAULT-VALUE}).")
  int size;

  @Option(
      names = "--batch",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,20",
      description =
          "Pictures at a time, separated by commas (default: ${DEFAULT-VALUE}; with --train "
              + TRAINING_BATCH
              + ").")
  List<Integer> batches = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      description = "Threads that compute, separated by commas (default: ${DEFAULT-VALUE}).")
  List<Integer> threads = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description =
          "How long each measurement takes, the first half of which warms up (default:"
              + " ${DEFAULT-VALUE}).")
  double seconds;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      defaultValue = "winograd",
      description = "direct or winograd (default: ${DEFAULT-VALUE}).")
  Conv2dAlgorithm algorithm = Conv2dAlgorithm.WINOGRAD;

  @Mixin PrecisionOptions weightsIn = new PrecisionOptions();

  @Option(names = "--explain", description = "Print the plan as well, step by step.")
  boolean explain;

  @Option(
      names = "--layers",
      description =
          "Measure each step within the whole as well, on one thread: time, and speed as a share of"
              + " the peak.")
  boolean layers;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    Values.atLeast(spec, SMALLEST, "--size", size);
    batches.forEach(n -> Values.atLeast(spec, 1, "--batch", n));
    threads.forEach(n -> Values.atLeast(spec, 1, "--threads", n));
    Values.require(spec, seconds > 0, "--seconds", "more than 0", seconds);
    if (recompute && (train == null || train.blockEnds().isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "--recompute goes with --train fine-tune alone");
    }
    if (train != null) {
      return measureTraining(train);
    }
    InferencePlan plan = plan();
    Startup startup = Startup.of(plan, threads.get(0));
    double peak = Peak.measure();
    List<Result> results = new ArrayList<>();
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      printHeading(out, startup, peak, plan);
    }
    for (int n : threads) {
      for (int batch : batches) {
        Result result = new ForwardBenchmark(plan).run(batch, n, seconds);
        results.add(result);
        if (!json) {
          print(out, result, peak);
        }
      }
    }
    Map<String, Object> report = report(startup, peak, plan, results);
    if (layers) {
      report.put("layers", measureLayers(plan, peak));
    }
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(report));
    }
    out.flush();
    return 0;
  }

  private List<LayerTimes> measureLayers(InferencePlan plan, double peak) throws IOException {
    List<LayerTimes> measured = new ArrayList<>();
    PrintWriter out = spec.commandLine().getOut();
    for (int batch : batches) {
      LayerTimes times = LayerTimes.measure(plan, batch, seconds);
      measured.add(times);
      if (!json) {
        out.printf("%nbatch %d, 1 thread, step by step, the longest first:%n", batch);
        out.print(times.table(peak));
      }
    }
    return measured;
  }

  private int measureTraining(TrainingTask task) throws IOException {
    var given = spec.commandLine().getParseResult();
    for (String option : FORWARD_OPTIONS) {
      if (given.hasMatchedOption(option)) {
        throw new ParameterException(spec.commandLine(), "--train does not go with " + option);
      }
    }
    List<Integer> some = given.hasMatchedOption("--batch") ? batches : List.of(TRAINING_BATCH);
    TrainingTable table = new TrainingTable(task, size, recompute, machine());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter lines = json ? new PrintWriter(Writer.nullWriter()) : out;
    Map<String, Object> report = table.report(table.print(some, threads, seconds, lines));
    if (json) {
      out.println(JsonMapper.builder().build().writeValueAsString(report));
    }
    out.flush();
    return 0;
  }

  private InferencePlan plan() throws IOException {
    if (weights != null && !Files.exists(weights)) {
      throw new NoSuchFileException(weights.toString(), null, "no such file");
    }
    Model inception = InceptionV3.notop(size, size);
    Model model =
        new Model("benchmark", inception.inputs(), List.of(inception.layer(layer).output()));
    return weights == null
        ? InferencePlan.compile(model, algorithm, weightsIn.precision)
        : InferencePlan.compile(
            model, KerasWeights.byName(weights), algorithm, weightsIn.precision);
  }

  private Map<String, Object> machine() {
    return Machine.describe(Compute.threads(Collections.max(threads)));
  }

  private void printHeading(PrintWriter out, Startup startup, double peak, InferencePlan plan) {
    out.printf(
        Locale.ROOT,
        "InceptionV3 %dx%d to %s, %.0f million multiply-adds a picture, %s, %.1f MB of %s weights%n",
        size,
        size,
        layer,
        plan.multiplyAdds() / 1e6,
        algorithm.name().toLowerCase(Locale.ROOT),
        plan.weightBytes() / 1e6,
        weightsIn.precision.name().toLowerCase(Locale.ROOT));
    Map<String, Object> machine = machine();
    out.printf(
        "%s, Java %s, vectors of %s bits%n",
        machine.get("cpu"), machine.get("java"), machine.get("vector_bits"));
    out.printf(Locale.ROOT, "FMA peak of one core: %.1f GFLOP/s%n", peak);
    out.printf(
        Locale.ROOT,
        "From the start of the JVM: plan ready after %.2f s, first prediction after %.2f s%n",
        startup.planSeconds(),
        startup.predictionSeconds());
    if (explain) {
      out.println();
      out.print(plan.explain(peak));
    }
    out.printf(
        Locale.ROOT,
        "%n%5s %7s %9s %9s %9s %8s %6s %8s %9s %9s %9s %7s%n",
        "batch",
        "threads",
        "median ms",
        "min ms",
        "images/s",
        "GFLOP/s",
        "peak",
        "memory",
        "1st ms",
        "10th ms",
        "100th ms",
        "bytes");
    out.flush();
  }

  private static void print(PrintWriter out, Result r, double peak) {
    out.printf(
        Locale.ROOT,
        "%5d %7d %9.2f %9.2f %9.1f %8.1f %5.0f%% %5d MB %9.1f %9.1f %9.1f %7d%n",
        r.batch(),
        r.threads(),
        r.medianMillis(),
        r.minimumMillis(),
        r.imagesPerSecond(),
        r.gflops(),
        100 * r.gflops() / peak / r.threads(),
        r.peakMegabytes(),
        r.firstMillis(),
        r.tenthMillis(),
        r.hundredthMillis(),
        r.bytesPerCall());
    out.flush();
  }

  private Map<String, Object> report(
      Startup startup, double peak, InferencePlan plan, List<Result> results) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("network", "InceptionV3");
    report.put("size", size);
    report.put("layer", layer);
    report.put("algorithm", algorithm);
    report.put("precision", weightsIn.precision);
    report.put("weightBytes", plan.weightBytes());
    report.put("machine", machine());
    report.put("fmaPeakGflops", peak);
    report.put("startup", startup);
    report.put("results", results);
    return report;
  }
}
