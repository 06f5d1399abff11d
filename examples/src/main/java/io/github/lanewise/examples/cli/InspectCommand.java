package io.github.lanewise.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.hdf5.KerasFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a file of weights or of a model is. */
@Command(
    name = "inspect",
    description = "What a Keras file is: its kind, layers, shapes, and what can be done with it.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "An .h5, .weights.h5 or .keras file.")
  Path file = Path.of("");

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    KerasFile found = KerasFile.of(file);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", file.toString());
      object.put("kind", found.kind().label());
      String version = found.kerasVersion();
      if (version != null) {
        object.put("kerasVersion", version);
      }
      object.put("parameters", found.parameters());
      object.put("weights", found.weights());
      object.put("advice", found.advice());
      JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
      out.println(mapper.writeValueAsString(object));
    } else {
      print(found, out);
    }
    out.flush();
    return 0;
  }

  private void print(KerasFile found, PrintWriter out) {
    String version = found.kerasVersion();
    out.printf(
        "%s: %s%s%n", file, found.kind().label(), version == null ? "" : ", Keras " + version);
    String summary = found.summary();
    if (summary != null) {
      out.print(summary);
    } else {
      for (KerasFile.Weight weight : found.weights()) {
        out.printf("  %s %s%n", weight.name(), weight.shape());
      }
    }
    out.printf(
        Locale.ROOT,
        "%,d numbers in %,d arrays; %s%n",
        found.parameters(),
        found.weights().size(),
        found.advice());
  }
}
