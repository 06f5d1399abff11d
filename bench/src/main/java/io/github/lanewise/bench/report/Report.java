package io.github.lanewise.bench.report;

import io.github.lanewise.bench.FmaPeakBenchmark;
import io.github.lanewise.kernels.KernelSelector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * One run: first the machine's peak, then the benchmarks that were asked for at each width of
 * vectors. The peak's record comes before those that are read as a share of it.
 *
 * @param name of the file of results, without {@code .json}
 * @param add whether results are added to a file that is there, with their own peak before them
 * @param widths bits, 0 for scalar kernels
 * @param jmh what JMH's command line says
 */
record Report(String name, boolean add, List<Integer> widths, CommandLineOptions jmh) {

  private static final List<Integer> WIDTHS = List.of(0, 128, 256, 512);

  /**
   * Reads {@code NAME [--add] [--bits all|B,B...]} and JMH's own arguments.
   *
   * @throws IllegalArgumentException if there is no name, or a width that the machine does not have
   */
  static Report of(List<String> arguments) throws CommandLineOptionException {
    if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
      throw new IllegalArgumentException(
          "report: expected NAME [--add] [--bits all|0,128,256,512] [JMH's arguments]");
    }
    List<String> rest = new ArrayList<>(arguments.subList(1, arguments.size()));
    boolean add = rest.remove("--add");
    int widest = KernelSelector.kernels().vectorBits();
    List<Integer> widths = List.of(widest);
    int at = rest.indexOf("--bits");
    if (at >= 0) {
      rest.remove(at);
      widths = widths(at < rest.size() ? rest.remove(at) : "", widest);
    }
    String[] options = rest.toArray(String[]::new);
    return new Report(arguments.get(0), add, widths, new CommandLineOptions(options));
  }

  /** Those that the text names; {@code all} are those up to the widest. */
  static List<Integer> widths(String text, int widest) {
    List<Integer> machine = WIDTHS.stream().filter(bits -> bits <= widest).toList();
    if (text.equals("all")) {
      return machine;
    }
    List<Integer> widths = new ArrayList<>();
    for (String bits : text.split(",")) {
      widths.add(machine.stream().filter(b -> bits.equals("" + b)).findFirst().orElse(-1));
    }
    if (widths.contains(-1)) {
      throw new IllegalArgumentException(
          "--bits: expected all, or some of " + machine + ", found '" + text + "'");
    }
    return widths;
  }

  /** Measures, and writes JMH's JSON into the directory. */
  Path run(Path directory) throws RunnerException, IOException {
    List<RunResult> results = new ArrayList<>();
    String peakName = FmaPeakBenchmark.class.getSimpleName();
    OptionsBuilder peak = new OptionsBuilder();
    peak.include(peakName).forks(2);
    peak.warmupTime(TimeValue.milliseconds(500)).measurementTime(TimeValue.milliseconds(500));
    results.addAll(new Runner(peak.build()).run());
    for (int bits : widths) {
      OptionsBuilder options = new OptionsBuilder();
      options.parent(jmh).exclude(peakName);
      options.jvmArgsPrepend("-D" + KernelSelector.VECTOR_BITS + "=" + bits);
      results.addAll(new Runner(options.build()).run());
    }
    Path file = directory.resolve(name + ".json");
    String json = json(results);
    Files.createDirectories(directory);
    Files.writeString(
        file, add && Files.exists(file) ? joined(Files.readString(file), json) : json);
    return file;
  }

  private static String json(List<RunResult> results) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Two JSON arrays, neither empty, as one. */
  static String joined(String first, String second) {
    String head = first.substring(0, first.lastIndexOf(']')).stripTrailing();
    return head + "," + second.substring(second.indexOf('[') + 1);
  }
}
