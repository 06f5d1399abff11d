package io.github.lanewise.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code lanewise} command: a name for its subcommands. */
@Command(
    name = "lanewise",
    description = "Convolutional networks in pure Java.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:failure", "2:wrong usage"})
public final class LanewiseCommand implements Runnable {

  private static final List<Class<?>> COMMANDS =
      List.of(
          DogsVsCatsCommand.class,
          PredictCommand.class,
          ExplainCommand.class,
          FeaturesCommand.class,
          SummaryCommand.class,
          InspectCommand.class,
          ConvertCommand.class,
          ExportCommand.class,
          ServeCommand.class,
          BenchmarkCommand.class,
          GenerateCompletion.class);

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where a failure happened.")
  boolean stacktrace;

  private LanewiseCommand() {}

  /** The command line as it is declared. */
  static CommandLine commandLine() {
    return commandLine(new LanewiseCommand(), "");
  }

  /**
   * The command line with the command of that name alone, as declaring all of them takes longer
   * than reading a network; with all where no command has the name, or where it is about the
   * others.
   */
  private static CommandLine commandLine(LanewiseCommand command, String name) {
    CommandLine commandLine = new CommandLine(command);
    List<Class<?>> named =
        COMMANDS.stream()
            .filter(c -> c != GenerateCompletion.class)
            .filter(c -> c.getAnnotation(Command.class).name().equals(name))
            .toList();
    (named.isEmpty() ? COMMANDS : named).forEach(commandLine::addSubcommand);
    return commandLine;
  }

  /**
   * Runs a command line.
   *
   * @param out for results and progress
   * @param err for errors and pictures that are left out
   * @return 0 for success, 1 for a failure, 2 for wrong usage
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    LanewiseCommand command = new LanewiseCommand();
    CommandLine commandLine =
        commandLine(command, args.length > 0 ? args[0] : "")
            .setOut(out)
            .setErr(err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(help(Colours.standard())))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Failures::wrongUsage)
            .setExecutionExceptionHandler(
                (e, at, parsed) -> Failures.report(e, err, command.stacktrace));
    try {
      return commandLine.execute(args);
    } catch (OutOfMemoryError e) {
      return Failures.outOfMemory(e, err, command.stacktrace);
    }
  }

  private static Ansi help(Colours colours) {
    return colours.on() ? Ansi.ON : Ansi.OFF;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command");
  }
}
