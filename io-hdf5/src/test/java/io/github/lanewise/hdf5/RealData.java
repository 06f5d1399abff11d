package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real weights, photographs and golden files, where the property lanewise.data names them. */
final class RealData {

  private RealData() {}

  /** The directory; skips the test where there is none. */
  static Path directory() {
    String name = System.getProperty("lanewise.data", "");
    Path directory = Path.of(name);
    assumeTrue(
        !name.isEmpty() && !name.startsWith("$") && Files.isDirectory(directory),
        "skipped: LANEWISE_DATA does not name a directory with the real data");
    return directory;
  }

  static Path notopWeights(Path directory) {
    return directory.resolve("inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5");
  }
}
