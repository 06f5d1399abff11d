package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.profile.FlightRecording;
import io.github.lanewise.examples.profile.SlowestLayers;
import io.github.lanewise.examples.report.OutputDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is recorded of a command's work. */
final class ProfileOptions {

  /** Rows of the table. */
  private static final int ROWS = 20;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description =
          "Record what each layer takes, forward and backward, and each step of training, in a"
              + " .jfr file, and print the slowest layers at the end.")
  @Nullable Path file;

  /** A command's work. */
  interface Work {
    /** Does it and gives the exit code. */
    int run() throws IOException;
  }

  /** Does the work, recorded if that was asked for. */
  int record(Work work) throws IOException {
    if (file == null) {
      return work.run();
    }
    OutputDirectory.require(file.toAbsolutePath().resolveSibling(""));
    try (FlightRecording recording = FlightRecording.start()) {
      int exitCode = work.run();
      recording.write(file);
      PrintWriter out = spec.commandLine().getOut();
      out.println();
      out.print(SlowestLayers.of(file).table(ROWS));
      out.println("Recording in " + file);
      out.flush();
      return exitCode;
    }
  }
}
