package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every variant of the layout that Keras and h5py produce. */
class KerasWeightsFormatTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "gzip_shuffle",
        "fletcher32",
        "float16",
        "float16_gzip",
        "float64",
        "float64_gzip",
        "big_endian_float32",
        "big_endian_float64",
        "variable_length_strings",
        "newest_format",
        "split_attributes",
        "model_weights",
        "user_block"
      })
  void everyVariantLoadsByNameAndTopologically(String fixture) throws IOException {
    Path file = KerasFixtures.unpack(fixture, directory);
    Model byName = KerasFixtures.model();
    byName.loadWeights(KerasWeights.byName(file).strict());
    KerasFixtures.assertExpected(byName);
    Model topological = KerasFixtures.model();
    topological.loadWeights(KerasWeights.topological(file));
    KerasFixtures.assertExpected(topological);
  }
}
