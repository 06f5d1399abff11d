package io.github.lanewise.bench.report;

import java.nio.file.Path;
import java.util.List;

/**
 * The main class of {@code benchmarks.jar}: {@code report} measures and draws, {@code draw} draws
 * what was measured before, and everything else is for JMH.
 */
public final class Main {

  private static final Path DIRECTORY = Path.of("docs", "benchmarks");

  private Main() {}

  /** Runs the command. */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    String command = arguments.isEmpty() ? "" : arguments.get(0);
    switch (command) {
      case "report" -> {
        Path file = Report.of(arguments.subList(1, args.length)).run(DIRECTORY);
        show(file);
      }
      case "draw" -> {
        for (String file : arguments.subList(1, args.length)) {
          show(Path.of(file));
        }
      }
      default -> org.openjdk.jmh.Main.main(args);
    }
  }

  private static void show(Path file) throws Exception {
    if (!file.toString().endsWith(".jsonl")) {
      System.out.println(Table.of(Scores.read(file)));
    }
    Charts.draw(file).forEach(chart -> System.out.println("Drawn: " + chart));
  }
}
