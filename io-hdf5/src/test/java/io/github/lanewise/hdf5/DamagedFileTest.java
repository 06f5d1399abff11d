package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are missing, cut off, damaged or of another kind. */
class DamagedFileTest {

  @TempDir Path directory;

  /** The message after the file's name; no weight may have changed. */
  private static String failure(Path file) {
    Model model = KerasFixtures.model();
    List<float[]> before = KerasFixtures.snapshot(model);
    WeightException e =
        assertThrows(WeightException.class, () -> model.loadWeights(KerasWeights.byName(file)));
    KerasFixtures.assertUnchanged(before, model);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file + ": "), message);
    return message.substring(file.toString().length() + 2);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("weights.h5"), bytes);
  }

  @Test
  void aMissingFileIsNamed() {
    assertEquals("no such file", failure(directory.resolve("absent.h5")));
  }

  @Test
  void aDirectoryIsNoWeightFile() {
    assertEquals("expected an HDF5 file, found a directory", failure(directory));
  }

  @Test
  void anEmptyFileIsNoWeightFile() throws IOException {
    assertEquals("expected an HDF5 file, found an empty file", failure(write(new byte[0])));
  }

  @Test
  void aTextFileCalledH5IsNoWeightFile() throws IOException {
    Path text =
        Files.writeString(directory.resolve("text.h5"), "These are no weights.\n".repeat(99));
    assertEquals("expected an HDF5 file, found another kind of file", failure(text));
  }

  @Test
  void anotherHdf5FileIsNoWeightFile() throws IOException {
    Path other = directory.resolve("other.h5");
    Hdf5Tensors.write(other, Map.of());
    assertEquals(
        "expected weights in Keras's legacy layout, found no attribute layer_names",
        failure(other));
  }

  @Test
  void aFileOfKeras3sLayoutThatLacksLayersIsReportedWeightByWeight() throws IOException {
    String failure = failure(KerasFixtures.unpack("keras3", directory));
    assertTrue(failure.startsWith("the weights do not fit model 'fixture'"), failure);
    assertTrue(failure.matches("(?s).*conv +conv +kernel +\\(3, 3, 1, 2\\) +nothing.*"), failure);
    assertTrue(failure.matches("(?s).*dense +dense +bias +\\(3,\\) +nothing.*"), failure);
  }

  @Test
  void aDatasetBehindAFilterThatNeedsNativeCodeIsRefusedByName() throws IOException {
    Path file = KerasFixtures.unpack("lz4", directory);
    WeightException e = assertThrows(WeightException.class, () -> Hdf5Tensors.read(file, "input"));
    assertEquals(file + ": compressed by LZ4, which is not supported", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip_shuffle", "newest_format", "user_block"})
  void aFileCutOffAnywhereFailsAsAWhole(String fixture) throws IOException {
    byte[] whole = Files.readAllBytes(KerasFixtures.unpack(fixture, directory));
    for (int length = 1; length < whole.length; length += Math.max(1, whole.length / 60)) {
      failure(write(Arrays.copyOf(whole, length)));
    }
    String oneByteShort = failure(write(Arrays.copyOf(whole, whole.length - 1)));
    assertEquals(
        "truncated: expected " + whole.length + " bytes, found " + (whole.length - 1),
        oneByteShort);
  }

  @Test
  void bytesOverwrittenAnywhereGiveWeightsOrAClearErrorAndNothingElse() throws IOException {
    byte[] whole = Files.readAllBytes(KerasFixtures.unpack("gzip_shuffle", directory));
    SplittableRandom random = new SplittableRandom(1);
    int failures = 0;
    for (int trial = 0; trial < 200; trial++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length - 8);
      for (int i = 0; i < 8; i++) {
        damaged[at + i] = (byte) random.nextInt(256);
      }
      Path file = write(damaged);
      Model model = KerasFixtures.model();
      List<float[]> before = KerasFixtures.snapshot(model);
      try {
        model.loadWeights(KerasWeights.topological(file));
      } catch (WeightException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "), e.getMessage());
        KerasFixtures.assertUnchanged(before, model);
        failures++;
      }
    }
    assertTrue(failures > 20, "damage was noticed " + failures + " times");
  }
}
