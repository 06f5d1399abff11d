package io.github.lanewise.examples.cli;

import io.github.lanewise.applications.Application;
import io.github.lanewise.model.Model;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the summary of a network. */
@Command(
    name = "summary",
    description = "The layers of a network, as Keras prints them.",
    mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {

  private static final String INCEPTION = "InceptionV3";
  private static final int STANDARD_SIZE = 150;
  private static final int CLASSES = 1000;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = INCEPTION,
      completionCandidates = Networks.class,
      description = {
        "The network, by its name in Keras (default: ${DEFAULT-VALUE}). There are:",
        "${COMPLETION-CANDIDATES}."
      })
  String network = INCEPTION;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = {
        "Height and width of the input in pixels (default: "
            + STANDARD_SIZE
            + " for InceptionV3, Keras's default for the others)."
      })
  @Nullable Integer size;

  @Option(names = "--top", description = "With the classifier of 1000 classes on top.")
  boolean top;

  /** The names of all networks. */
  static final class Networks implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Application.all().stream().map(Application::name).iterator();
    }
  }

  @Override
  public Integer call() {
    Model model = model();
    spec.commandLine().getOut().print(model.summary());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Model model() {
    try {
      Application application = Application.named(network);
      int pixels = size == null ? standardSize(application) : size;
      return top ? application.withTop(pixels, pixels, CLASSES) : application.notop(pixels, pixels);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static int standardSize(Application application) {
    return application.name().equals(INCEPTION) ? STANDARD_SIZE : application.size();
  }
}
