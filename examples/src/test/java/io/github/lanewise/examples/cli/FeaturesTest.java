package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.examples.download.KerasCache;
import io.github.lanewise.hdf5.Hdf5Tensors;
import io.github.lanewise.image.PictureReader;
import io.github.lanewise.image.Rescale;
import io.github.lanewise.image.Resize;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesTest {

  @TempDir Path directory;

  @Test
  void featuresOfPicturesAreThoseOfTheirTensor() throws IOException {
    Path weights = Files75.weights(directory);
    Path data = Files75.pictures(directory);
    Path ofPictures = directory.resolve("pictures.h5");
    CommandRun run =
        CommandRun.of(
            "features",
            "--weights",
            weights,
            "--layer",
            "activation_1,mixed7",
            "--size",
            75,
            "--batch",
            4,
            "--input",
            data.resolve("train"),
            "--output",
            ofPictures);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(12, run.outLines().size(), run.out());
    assertEquals("0\t" + data.resolve("train/cats/0.jpg"), run.outLines().get(0));
    Tensor mixed7 = Hdf5Tensors.read(ofPictures, "mixed7");
    assertEquals(Shape.of(12, 3, 3, 768), mixed7.shape());
    assertEquals(Shape.of(12, 37, 37, 32), Hdf5Tensors.read(ofPictures, "activation_1").shape());

    Path input = directory.resolve("input.h5");
    Path ofTensor = directory.resolve("tensor.h5");
    Hdf5Tensors.write(input, Map.of("input", inputs(run.outLines())));
    run =
        CommandRun.of(
            "features",
            "--weights",
            weights,
            "--layer",
            "mixed7",
            "--batch",
            5,
            "--input",
            input,
            "--output",
            ofTensor);
    assertEquals(0, run.exitCode(), run.err());
    assertArrayEquals(mixed7.toArray(), Hdf5Tensors.read(ofTensor, "mixed7").toArray(), 1e-5f);
  }

  private static Tensor inputs(List<String> rows) throws IOException {
    Tensor x = Tensor.zeros(rows.size(), 75, 75, 3);
    for (int i = 0; i < rows.size(); i++) {
      Path file = Path.of(rows.get(i).split("\t", -1)[1]);
      int at = i * x.shape().sizeOfRow();
      Resize.NEAREST.apply(PictureReader.asStored().read(file), 75, 75, x.data(), at);
      Rescale.SYMMETRIC.apply(x.shape().sizeOfRow(), x.data(), at);
    }
    return x;
  }

  @Test
  void featuresOfTheGoldenPhotographsAreTheGoldenOnes() throws IOException {
    String real = System.getProperty("lanewise.data", "");
    Path golden = Path.of(real, "golden", "inception_v3_150.h5");
    assumeTrue(!real.isEmpty() && Files.isRegularFile(golden), "lanewise.data names no real data");
    Path output = directory.resolve("features.h5");
    CommandRun run =
        CommandRun.of(
            "features",
            "--weights",
            Path.of(real, KerasCache.WEIGHTS),
            "--layer",
            "activation_1,mixed3,mixed7,mixed10",
            "--input",
            Path.of(real, "cats_and_dogs/train/cats/cat.0.jpg"),
            Path.of(real, "cats_and_dogs/train/dogs/dog.0.jpg"),
            "--output",
            output);
    assertEquals(0, run.exitCode(), run.err());
    for (String layer : List.of("activation_1", "mixed3", "mixed7", "mixed10")) {
      float[] expected = Hdf5Tensors.read(golden, layer).toArray();
      float[] found = Hdf5Tensors.read(output, layer).toArray();
      assertEquals(expected.length, found.length, layer);
      for (int i = 0; i < expected.length; i++) {
        double tolerance = Math.abs(expected[i]) > 10 ? 1e-3 * Math.abs(expected[i]) : 1e-4;
        assertEquals(expected[i], found[i], tolerance, layer + " at " + i);
      }
    }
  }
}
