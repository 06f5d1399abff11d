package io.github.lanewise.examples.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.examples.download.KerasCache;
import io.github.lanewise.examples.sample.Sample;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.examples.transfer.Trunk;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "lanewise-out/model.h5",
      description = "The head (default: ${DEFAULT-VALUE}).")
  Path model = Path.of("");

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "The trunk's weights that the head was trained on (default: the file of that name in"
              + " Keras's cache folder; a head trained on the embedded sample needs none).")
  @Nullable Path weights;

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
    SavedHead saved = SavedHead.read(model);
    Trunk trunk = trunk(saved, compute);
    InferenceSession session =
        InferencePlan.compile(saved.load(model, trunk).model()).session(compute, computing.batch);
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

  private Trunk trunk(SavedHead saved, Compute compute) throws IOException {
    Long seed = saved.sampleSeed();
    if (seed != null) {
      Sample sample = new Sample(seed, saved.input().size());
      return Trunk.sample(sample, saved.layer(), saved.input().scaling(), compute);
    }
    String name = String.valueOf(saved.trunkWeights());
    Path file = weights == null ? KerasCache.standard().weights(name).orElse(null) : weights;
    if (file == null) {
      throw new ParameterException(
          spec.commandLine(), "expected --weights with the trunk's weights, " + name);
    }
    Trunk trunk = Trunk.keras(file, saved.layer(), saved.input().size());
    if (!String.valueOf(trunk.md5()).equals(saved.trunkMd5())) {
      throw new IOException(
          file
              + ": expected the weights that the head was trained on, "
              + name
              + " of MD5 "
              + saved.trunkMd5()
              + ", found MD5 "
              + trunk.md5());
    }
    return trunk;
  }

  private void print(PrintWriter out, List<String> labels, List<Path> files, Tensor second)
      throws IOException {
    for (int i = 0; i < files.size(); i++) {
      float probability = second.get(i, 0);
      int label = probability > 0.5f ? 1 : 0;
      float ofLabel = label == 1 ? probability : 1 - probability;
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("path", files.get(i).toString());
        line.put("label", labels.get(label));
        line.put("probability", ofLabel);
        out.println(JsonMapper.builder().build().writeValueAsString(line));
      } else {
        out.println(
            String.format(Locale.ROOT, "%s\t%s\t%.4f", files.get(i), labels.get(label), ofLabel));
      }
    }
    out.flush();
  }
}
