package io.github.lanewise.examples.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.examples.transfer.Prediction;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies pictures. */
@Command(
    name = "predict",
    description = {
      "Classifies pictures with a head that dogs-vs-cats trained: a line with path, label and the"
          + " label's probability for each. A picture that can not be read is reported on stderr,"
          + " and makes the exit code 1."
    },
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin ComputeOptions computing = new ComputeOptions();
  @Mixin HeadOptions head = new HeadOptions();
  @Mixin PrecisionOptions weightsIn = new PrecisionOptions();

  @Option(names = "--json", description = "Print a JSON object a line.")
  boolean json;

  @Parameters(
      paramLabel = "PICTURES",
      arity = "1..*",
      description = "Picture files, or folders of them.")
  List<Path> pictures = List.of();

  @Override
  public Integer call() throws IOException {
    Compute compute = computing.compute();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<Path> files = PictureFiles.of(pictures);
    SavedHead saved = head.saved();
    InferencePlan plan = head.plan(saved, compute, weightsIn.precision);
    InferenceSession session = plan.session(compute, computing.batch);
    PictureBatches batches =
        new PictureBatches(
            saved.input(),
            computing.batch,
            (file, reason) -> err.println("lanewise: " + file + ": " + reason));
    int bad =
        batches.read(files, (read, x) -> print(out, saved.labels(), read, session.run(x).get(0)));
    if (bad > 0) {
      err.println("lanewise: " + bad + " of " + files.size() + " pictures could not be read");
      return 1;
    }
    return 0;
  }

  private void print(PrintWriter out, List<String> labels, List<Path> files, Tensor second)
      throws IOException {
    for (int i = 0; i < files.size(); i++) {
      Prediction prediction = Prediction.of(labels, second.get(i, 0));
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("path", files.get(i).toString());
        line.put("label", prediction.name());
        line.put("probability", prediction.probability());
        out.println(JsonMapper.builder().build().writeValueAsString(line));
      } else {
        out.println(prediction.line(files.get(i)));
      }
    }
    out.flush();
  }
}
