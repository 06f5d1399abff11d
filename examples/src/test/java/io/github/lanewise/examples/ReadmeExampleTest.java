package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.image.ImageFolder;
import io.github.lanewise.image.Rescale;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Node;
import io.github.lanewise.train.Accuracy;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.Dataset;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.History;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example is this one, and it runs. */
class ReadmeExampleTest {

  @TempDir Path directory;

  private static History transferLearning(Path weights, Path pictures, Path out)
      throws IOException {
    // Begin of the README's example.
    Model inception = InceptionV3.notop(150, 150);
    inception.loadWeights(KerasWeights.byName(weights));
    inception.setTrainable(false);

    Node x = new Flatten().on(inception.layer("mixed7").output());
    x = new Dense(1024).activation(Activation.RELU).on(x);
    x = new Dropout(0.2).on(x);
    x = new Dense(1).activation(Activation.SIGMOID).on(x);
    Model model = new Model(inception.input(), x);

    Dataset training =
        ImageFolder.of(pictures.resolve("train"), 150, 150).rescale(Rescale.SYMMETRIC).open();
    Dataset validation =
        ImageFolder.of(pictures.resolve("validation"), 150, 150).rescale(Rescale.SYMMETRIC).open();
    CompiledModel compiled =
        CompiledModel.compile(model, new RMSprop(1e-4), Loss.BINARY_CROSSENTROPY, new Accuracy());
    History history =
        compiled.fit(training, new FitOptions().epochs(3).batchSize(20).validationData(validation));
    KerasWeights.save(model, out);
    // End of the README's example.
    return history;
  }

  @Test
  void theReadmeShowsThisExample() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    String readme = Files.readString(root.resolve("README.md"));
    Path source =
        root.resolve("examples/src/test/java/io/github/lanewise/examples/ReadmeExampleTest.java");
    List<String> lines = Files.readAllLines(source);
    int begin = lines.indexOf("    // Begin of the README's example.");
    int end = lines.indexOf("    // End of the README's example.");
    String example = String.join("\n", lines.subList(begin + 1, end)).stripIndent();
    assertTrue(begin > 0 && end > begin);
    assertTrue(readme.contains("```java\n" + example + "\n```"), example);
  }

  @Test
  void theExampleTrainsOnRealPictures() throws IOException {
    String name = System.getProperty("lanewise.data", "");
    Path data = Path.of(name);
    assumeTrue(
        !name.isEmpty() && !name.startsWith("$") && Files.isDirectory(data),
        "skipped: LANEWISE_DATA does not name a directory with the real data");
    for (String part : List.of("train/cats", "train/dogs", "validation/cats", "validation/dogs")) {
      Path to = Files.createDirectories(directory.resolve(part));
      try (Stream<Path> files = Files.list(data.resolve("cats_and_dogs").resolve(part))) {
        for (Path file : files.sorted().limit(20).toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
    Path out = directory.resolve("model.h5");
    Path weights = data.resolve("inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5");
    History history = transferLearning(weights, directory, out);
    assertEquals(3, history.epochs());
    assertTrue(history.last("loss") < history.get("loss").get(0));
    assertTrue(history.max("val_accuracy") > 0.5, history.get("val_accuracy").toString());
    assertTrue(Files.size(out) > 150_000_000);
  }
}
