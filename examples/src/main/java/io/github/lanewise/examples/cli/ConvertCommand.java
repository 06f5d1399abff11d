package io.github.lanewise.examples.cli;

import io.github.lanewise.hdf5.Compression;
import io.github.lanewise.hdf5.KerasModel;
import io.github.lanewise.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model that a file holds to another file. */
@Command(
    name = "convert",
    description = "Writes a whole Keras model in another format.",
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FROM", description = "A whole model, .h5 or .keras.")
  Path from = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description = "The file to write: Keras 3's archive if it ends with .keras, else an .h5.")
  Path to = Path.of("");

  @Option(names = "--gzip", description = "Compress the weights, chunk by chunk, as h5py's gzip.")
  boolean gzip;

  @Override
  public Integer call() throws IOException {
    Model model = KerasModel.load(from);
    KerasModel.save(model, to, gzip ? Compression.GZIP : Compression.NONE);
    spec.commandLine().getOut().printf("%s: %s%n", to, model);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
