package io.github.lanewise.examples.cli;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.examples.report.OutputDirectory;
import io.github.lanewise.examples.transfer.PictureInput;
import io.github.lanewise.hdf5.Hdf5Tensors;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what layers of InceptionV3 make of pictures. */
@Command(
    name = "features",
    description = {
      "Writes the outputs of layers of InceptionV3 to an HDF5 file, one data set a layer, one row a"
          + " picture. Prints each row's number and picture. A picture that can not be read is"
          + " reported on stderr and left out, and makes the exit code 1."
    },
    mixinStandardHelpOptions = true)
final class FeaturesCommand implements Callable<Integer> {

  private static final String INPUT = "input";

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin ComputeOptions computing = new ComputeOptions();
  @Mixin InputOptions inputs = new InputOptions();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "InceptionV3's weights without the top, in Keras's .h5 layout.")
  Path weights = Path.of("");

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      required = true,
      split = ",",
      description = "The layers, separated by commas: mixed7,mixed10.")
  List<String> layers = List.of();

  @Option(
      names = "--input",
      paramLabel = "PATH",
      required = true,
      arity = "1..*",
      description =
          "Picture files or folders of them; or one .h5 file with a data set '"
              + INPUT
              + "', [n, height, width, 3], resized and rescaled already.")
  List<Path> paths = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The HDF5 file to write.")
  Path output = Path.of("");

  @Override
  public Integer call() throws IOException {
    Compute compute = computing.compute();
    PictureInput input = inputs.input();
    if (!Files.exists(weights)) {
      throw new NoSuchFileException(weights.toString(), null, "no such file");
    }
    OutputDirectory.require(output.toAbsolutePath().resolveSibling(""));
    return isHdf5() ? ofTensor(compute) : ofPictures(input, compute);
  }

  private boolean isHdf5() {
    String name = paths.get(0).toString().toLowerCase(Locale.ROOT);
    return paths.size() == 1 && (name.endsWith(".h5") || name.endsWith(".hdf5"));
  }

  private int ofTensor(Compute compute) throws IOException {
    Path file = paths.get(0);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file");
    }
    Tensor x = Hdf5Tensors.read(file, INPUT);
    if (x.shape().rank() != 4 || x.shape().dim(0) == 0) {
      throw new WeightException(
          file + ": data set '" + INPUT + "': expected [n, height, width, 3], found " + x.shape());
    }
    LayerOutputs outputs = new LayerOutputs(layers);
    InferenceSession session = session(x.shape().dim(1), x.shape().dim(2), compute);
    int n = x.shape().dim(0);
    for (int from = 0; from < n; from += computing.batch) {
      outputs.add(session.run(x.rows(from, Math.min(n, from + computing.batch))));
    }
    outputs.write(output);
    return 0;
  }

  private int ofPictures(PictureInput input, Compute compute) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Path> files = PictureFiles.of(paths);
    LayerOutputs outputs = new LayerOutputs(layers);
    InferenceSession session = session(input.size(), input.size(), compute);
    int bad =
        new PictureBatches(
                input,
                computing.batch,
                (file, reason) -> err.println("lanewise: " + file + ": " + reason))
            .read(
                files,
                (read, x) -> {
                  for (int i = 0; i < read.size(); i++) {
                    out.println(outputs.rows() + i + "\t" + read.get(i));
                  }
                  out.flush();
                  outputs.add(session.run(x));
                });
    if (bad == files.size()) {
      throw new IOException("none of " + bad + " pictures could be read: nothing written");
    }
    outputs.write(output);
    if (bad > 0) {
      err.println("lanewise: " + bad + " of " + files.size() + " pictures could not be read");
      return 1;
    }
    return 0;
  }

  private InferenceSession session(int height, int width, Compute compute) {
    Model inception = InceptionV3.notop(height, width);
    List<Node> nodes =
        layers.stream().distinct().map(name -> inception.layer(name).output()).toList();
    Model cut = new Model("features", inception.inputs(), nodes);
    return InferencePlan.compile(cut, KerasWeights.byName(weights))
        .session(compute, computing.batch);
  }
}
