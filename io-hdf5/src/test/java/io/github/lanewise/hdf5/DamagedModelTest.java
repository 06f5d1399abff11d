package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole models in damaged files: one error that names the file, and that soon. */
class DamagedModelTest {

  private static final int VARIANTS = 200;

  @TempDir Path directory;

  private static Model model() {
    Node x = Input.named("x", 5, 5, 3);
    Node y = new Flatten().name("flat").on(new Conv2D(4, 3).name("conv").on(x));
    return new Model(x, new Dense(2).name("dense").on(y));
  }

  private byte[] saved(String name) throws IOException {
    Path file = directory.resolve("whole-" + name);
    KerasModel.save(model(), file);
    return Files.readAllBytes(file);
  }

  /** Whether the file is refused as it should be; a model that is read is one of the right kind. */
  private static boolean refused(Path file) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> {
          try {
            KerasModel.load(file);
            return false;
          } catch (WeightException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "), e.getMessage());
            return true;
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.keras"})
  void aFileThatIsCutOffIsRefused(String name) throws IOException {
    byte[] bytes = saved(name);
    SplittableRandom random = new SplittableRandom(1);
    Path file = directory.resolve("cut-" + name);
    for (int i = 0; i < VARIANTS; i++) {
      Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      assertTrue(refused(file), "variant " + i);
    }
  }

  /** An .h5 has no checksum of its data; an archive has one of everything that is read. */
  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.keras"})
  void aFileWithFlippedBitsIsRefusedOrReadButNeverHangs(String name) throws IOException {
    byte[] bytes = saved(name);
    SplittableRandom random = new SplittableRandom(2);
    Path file = directory.resolve("flipped-" + name);
    int refused = 0;
    for (int i = 0; i < VARIANTS; i++) {
      byte[] damaged = bytes.clone();
      for (int flips = random.nextInt(1, 20); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      refused += refused(file) ? 1 : 0;
    }
    assertTrue(refused > VARIANTS / 2, refused + " refused");
  }

  @Test
  void anArchiveWithOneFlippedBitInItsWeightsIsRefused() throws IOException {
    byte[] bytes = saved("model.keras");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int from = text.indexOf("model.weights.h5") + 16;
    int to = text.lastIndexOf("metadata.json") - 46;
    SplittableRandom random = new SplittableRandom(3);
    Path file = directory.resolve("bit.keras");
    for (int i = 0; i < VARIANTS; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(from, to)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertTrue(refused(file), "variant " + i);
    }
  }

  @Test
  void aZipBombIsRefused() throws IOException {
    Path file = directory.resolve("bomb.keras");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(KerasModel.toJson(model()).getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    assertTrue(Files.size(file) < 1 << 20);
    assertTrue(refused(file));
  }
}
