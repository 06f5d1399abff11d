package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.hdf5.KerasModel;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model for other engines. */
@Command(
    name = "export",
    description = "Writes a model as an ONNX file of opset 13, its batch size free.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

  /** What becomes of batch normalizations. */
  enum BatchNormalization {
    FOLDED,
    KEPT
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      required = true,
      description = "The file to write.")
  Path onnx = Path.of("");

  @Option(
      names = "--batch-normalization",
      paramLabel = "HOW",
      defaultValue = "FOLDED",
      description =
          "Whether batch normalizations become part of the convolutions right before them:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  BatchNormalization normalization = BatchNormalization.FOLDED;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "For a head, the trunk's weights that it was trained on (default: the file of that name"
              + " in Keras's cache folder; a head trained on the embedded sample, or with"
              + " --unfreeze, needs none).")
  @Nullable Path weights;

  @Parameters(
      paramLabel = "MODEL",
      description =
          "A whole Keras model, .h5 or .keras, or a head that dogs-vs-cats trained, which is"
              + " written together with its trunk.")
  Path model = Path.of("");

  @Override
  public Integer call() throws IOException {
    Model read = read();
    try {
      OnnxFile.save(read, onnx, normalization == BatchNormalization.FOLDED);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(model + ": " + e.getMessage(), e);
    }
    spec.commandLine().getOut().printf("%s: %s%n", onnx, read);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Model read() throws IOException {
    if (!SavedHead.isOne(model)) {
      return KerasModel.load(model);
    }
    HeadOptions head = new HeadOptions();
    head.spec = spec;
    head.model = model;
    head.weights = weights;
    return head.model(head.saved(), Compute.standard());
  }
}
