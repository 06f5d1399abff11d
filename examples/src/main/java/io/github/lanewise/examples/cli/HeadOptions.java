package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.download.BackgroundMd5;
import io.github.lanewise.examples.download.KerasCache;
import io.github.lanewise.examples.sample.Sample;
import io.github.lanewise.examples.transfer.Head;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.examples.transfer.Trunk;
import io.github.lanewise.examples.transfer.WeightsOfParts;
import io.github.lanewise.examples.transfer.WeightsOfParts.Part;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A head that was trained, and the trunk under it. */
final class HeadOptions {

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

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
              + " Keras's cache folder; a head trained on the embedded sample, or with --unfreeze, needs none).")
  @Nullable Path weights;

  /** The head's description. */
  SavedHead saved() throws IOException {
    return SavedHead.read(model);
  }

  /**
   * From the pictures to the probability of the second class, all weights loaded.
   *
   * @throws IOException if files are missing, or the trunk's weights are not those that the head
   *     was trained on
   */
  Model model(SavedHead saved, Compute compute) throws IOException {
    return saved.load(model, trunk(saved, compute)).model();
  }

  /**
   * The same compiled, in less memory: weights that are in files are read as the plan packs them,
   * and no model keeps them.
   *
   * @throws IOException if files are missing, or the trunk's weights are not those that the head
   *     was trained on
   */
  InferencePlan plan(SavedHead saved, Compute compute, WeightPrecision precision)
      throws IOException {
    if (saved.unfrozen() == null && saved.sampleSeed() != null) {
      return InferencePlan.compile(model(saved, compute), Conv2dAlgorithm.WINOGRAD, precision);
    }
    Trunk trunk = Trunk.unloaded(saved.layer(), saved.input().size());
    Head on = Head.on(trunk, saved.dropout(), 0);
    WeightSource own = KerasWeights.byName(model);
    if (saved.unfrozen() != null) {
      return InferencePlan.compile(on.model(), own, Conv2dAlgorithm.WINOGRAD, precision);
    }
    Path file = trunkFile(saved);
    WeightSource all =
        new WeightsOfParts(
            List.of(new Part(trunk.model(), KerasWeights.byName(file)), new Part(on.alone(), own)));
    try (BackgroundMd5 digest = BackgroundMd5.of(file)) {
      InferencePlan plan =
          InferencePlan.compile(on.model(), all, Conv2dAlgorithm.WINOGRAD, precision);
      requireTrainedOn(saved, file, digest.result());
      return plan;
    }
  }

  private Trunk trunk(SavedHead saved, Compute compute) throws IOException {
    if (saved.unfrozen() != null) {
      return Trunk.unloaded(saved.layer(), saved.input().size());
    }
    Long seed = saved.sampleSeed();
    if (seed != null) {
      Sample sample = new Sample(seed, saved.input().size());
      return Trunk.sample(sample, saved.layer(), saved.input().scaling(), compute);
    }
    Path file = trunkFile(saved);
    Trunk trunk = Trunk.keras(file, saved.layer(), saved.input().size());
    requireTrainedOn(saved, file, String.valueOf(trunk.md5()));
    return trunk;
  }

  private Path trunkFile(SavedHead saved) throws IOException {
    String name = String.valueOf(saved.trunkWeights());
    Path file = weights == null ? KerasCache.standard().weights(name).orElse(null) : weights;
    if (file == null) {
      throw new ParameterException(
          spec.commandLine(), "expected --weights with the trunk's weights, " + name);
    }
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file");
    }
    return file;
  }

  private static void requireTrainedOn(SavedHead saved, Path file, String md5) throws IOException {
    if (!md5.equals(saved.trunkMd5())) {
      throw new IOException(
          file
              + ": expected the weights that the head was trained on, "
              + saved.trunkWeights()
              + " of MD5 "
              + saved.trunkMd5()
              + ", found MD5 "
              + md5);
    }
  }
}
