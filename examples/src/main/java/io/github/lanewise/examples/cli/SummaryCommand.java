package io.github.lanewise.examples.cli;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.model.Model;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the summary of InceptionV3. */
@Command(
    name = "summary",
    description = "The layers of InceptionV3, as Keras prints them.",
    mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {

  private static final int SMALLEST = 75;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "150",
      description = "Height and width of the input in pixels (default: ${DEFAULT-VALUE}).")
  int size;

  @Option(names = "--top", description = "With the classifier of 1000 classes on top.")
  boolean top;

  @Override
  public Integer call() {
    Values.atLeast(spec, SMALLEST, "--size", size);
    Model model = top ? InceptionV3.withTop(size, size, 1000) : InceptionV3.notop(size, size);
    spec.commandLine().getOut().print(model.summary());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
