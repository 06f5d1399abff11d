package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.report.ExplainedPicture;
import io.github.lanewise.examples.report.OutputDirectory;
import io.github.lanewise.examples.report.OutputFile;
import io.github.lanewise.examples.transfer.Material;
import io.github.lanewise.examples.transfer.Prediction;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.PictureException;
import io.github.lanewise.image.PictureReader;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.GradCam;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies pictures, and draws what speaks for the label. */
@Command(
    name = "explain",
    description = {
      "Classifies pictures as predict does, and draws over each a heat map of what speaks for the"
          + " label (Grad-CAM, which is approximate: it weighs a layer's channels, each by one"
          + " weight for all places): a line with path, label, the label's probability and the PNG"
          + " file that was written for each. A picture that can not be read is reported on stderr,"
          + " and makes the exit code 1."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin HeadOptions head = new HeadOptions();

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      defaultValue = Material.LAYER,
      description = "The layer whose channels are weighed (default: ${DEFAULT-VALUE}).")
  String layer = Material.LAYER;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "lanewise-out/explain",
      description =
          "Where PICTURE-LAYER.png is written, with a number where there are several of that name"
              + " (default: ${DEFAULT-VALUE}).")
  Path out = Path.of("");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: the available processors).")
  int threads = Runtime.getRuntime().availableProcessors();

  @Parameters(
      paramLabel = "PICTURES",
      arity = "1..*",
      description = "Picture files, or folders of them.")
  List<Path> pictures = List.of();

  private final Set<String> namesInUse = new HashSet<>();

  @Override
  public Integer call() throws IOException {
    Values.atLeast(spec, 1, "--threads", threads);
    Compute compute = Compute.threads(threads);
    PrintWriter err = spec.commandLine().getErr();
    List<Path> files = PictureFiles.of(pictures);
    SavedHead saved = head.saved();
    OutputDirectory.require(out);
    Model model = head.model(saved, compute);
    GradCam gradCam = new GradCam(model, layer, compute);
    InferenceSession session = InferencePlan.compile(model).session(compute, 1);
    PictureReader reader = PictureReader.asStored();
    int bad = 0;
    for (Path file : files) {
      try {
        explain(file, reader.read(file), saved, session, gradCam);
      } catch (PictureException e) {
        err.println("lanewise: " + file + ": " + e.reason());
        bad++;
      }
    }
    if (bad > 0) {
      err.println("lanewise: " + bad + " of " + files.size() + " pictures could not be read");
      return 1;
    }
    return 0;
  }

  private void explain(
      Path file, Picture picture, SavedHead saved, InferenceSession session, GradCam gradCam)
      throws IOException {
    Tensor x = Tensor.zeros(saved.input().shape().prepend(1));
    saved.input().write(picture, x.data(), x.offset());
    Prediction prediction = Prediction.of(saved.labels(), session.run(x).get(0).get(0, 0));
    // The label that is printed is the one explained, even where rounding decides it.
    Tensor map = gradCam.heatMap(x, 0, prediction.label() == 0);
    Path png = out.resolve(newName(file));
    OutputFile.write(png, ExplainedPicture.draw(picture, map));
    PrintWriter lines = spec.commandLine().getOut();
    lines.println(prediction.line(file) + "\t" + png);
    lines.flush();
  }

  /** A name that no other picture of this run has, whatever the case of its letters. */
  private String newName(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = (dot > 0 ? name.substring(0, dot) : name) + "-" + layer.replace('/', '_');
    String free = stem + ".png";
    for (int i = 2; !namesInUse.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = stem + "-" + i + ".png";
    }
    return free;
  }
}
