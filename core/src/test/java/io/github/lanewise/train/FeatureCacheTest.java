package io.github.lanewise.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FeatureCacheTest {

  private static final long IN_MEMORY = Long.MAX_VALUE;
  private static final int ROW = 3 * 3 * 8;

  private final Compute compute = Compute.threads(1);
  private final Model model = Tasks.convNet();

  @BeforeEach
  void freeze() {
    Tasks.freeze(model, "conv_a", "bn_a", "conv_b");
  }

  private FeatureCache features(Dataset data, long cacheBytes) {
    return FrozenTrunk.of(model).features(data, 4, cacheBytes, compute, (done, all) -> {});
  }

  private static float[] read(FeatureCache cache, int index) {
    float[] values = new float[ROW + 1];
    assertTrue(cache.read(index, values, 0, values, ROW));
    return values;
  }

  @Test
  void theFeaturesAreTheTrunksOutputs() {
    ArrayDataset data = Tasks.shapes(10, 1);
    Tensor x = Tensor.zeros(10, Tasks.SIDE, Tasks.SIDE, 1);
    Tensor y = Tensor.zeros(10, 1);
    for (int i = 0; i < 10; i++) {
      data.read(i, x.data(), i * Tasks.SIDE * Tasks.SIDE, y.data(), i);
    }
    Tensor expected = new Model(model.input(), model.layer("flatten").output()).forward(x);
    try (FeatureCache cache = features(data, IN_MEMORY)) {
      assertEquals(10, cache.size());
      assertEquals(ROW, cache.sampleShape().size());
      for (int i = 0; i < 10; i++) {
        float[] row = read(cache, i);
        for (int k = 0; k < ROW; k++) {
          assertEquals(expected.get(i, k), row[k], 1e-5f);
        }
        assertEquals(y.get(i, 0), row[ROW]);
      }
    }
  }

  @Test
  void inAFileTheyAreTheSameAsInMemory() {
    ArrayDataset data = Tasks.shapes(10, 1);
    try (FeatureCache memory = features(data, 10 * ROW * Float.BYTES);
        FeatureCache file = features(data, 10 * ROW * Float.BYTES - 1)) {
      assertFalse(memory.inFile());
      assertTrue(file.inFile());
      assertEquals(memory.size(), file.size());
      for (int i = 9; i >= 0; i--) {
        assertArrayEquals(read(memory, i), read(file, i));
      }
    }
  }

  @Test
  void theFileIsRemovedOnClose() {
    try (FeatureCache cache = features(Tasks.shapes(5, 1), 0)) {
      assertTrue(cache.inFile());
      assertEquals(1, FeatureFiles.count());
    }
    assertEquals(0, FeatureFiles.count());
  }

  @Test
  void aFailureOfTheDatasetLeavesNoFile() {
    Dataset broken = new Failing(Tasks.shapes(10, 1), 6);
    assertThrows(IllegalStateException.class, () -> features(broken, 0));
    assertEquals(0, FeatureFiles.count());
  }

  /** A program that makes a cache in a file and ends without closing it. */
  static final class NeverClosed {
    private NeverClosed() {}

    public static void main(String[] arguments) {
      Model model = Tasks.convNet();
      Tasks.freeze(model, "conv_a", "bn_a");
      FrozenTrunk.of(model)
          .features(Tasks.shapes(4, 1), 4, 0, Compute.threads(1), (done, all) -> {});
      if (FeatureFiles.count() != 1) {
        throw new AssertionError("expected one file, found " + FeatureFiles.count());
      }
    }
  }

  @Test
  @Timeout(60)
  void aFileThatIsNotClosedIsRemovedWhenTheProcessEnds() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                NeverClosed.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), printed);
    assertEquals(0, FeatureFiles.count("lanewise-features-" + process.pid() + "-"));
  }

  @Test
  void whatCanNotBeReadIsLeftOut() {
    ArrayDataset data = Tasks.shapes(10, 1);
    for (long cacheBytes : new long[] {IN_MEMORY, 0}) {
      try (FeatureCache all = features(data, cacheBytes);
          FeatureCache some = features(new Numbered(data).unreadable(0, 5), cacheBytes)) {
        assertEquals(8, some.size());
        assertArrayEquals(read(all, 1), read(some, 0));
        assertArrayEquals(read(all, 6), read(some, 4));
        assertArrayEquals(read(all, 9), read(some, 7));
      }
    }
  }

  @Test
  void progressIsToldAfterEachBatch() {
    List<String> told = new ArrayList<>();
    FrozenTrunk trunk = FrozenTrunk.of(model);
    trunk
        .features(
            Tasks.shapes(10, 1), 4, IN_MEMORY, compute, (done, all) -> told.add(done + "/" + all))
        .close();
    assertEquals(List.of("4/10", "8/10", "10/10"), told);
  }
}
