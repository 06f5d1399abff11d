package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files of all kinds in 256 MB: see {@link DamagedVariants}. */
class DamagedVariantsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"model.h5", "weights.h5", "model.keras", "model.weights.h5", "model.json"})
  void eachOf200VariantsEndsInOneClearErrorOrIsReadWithin2SecondsAnd256Megabytes(String kind)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath(),
            DamagedVariants.class.getName(),
            directory.toString(),
            kind,
            "keras2_15_functional",
            "1");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  /** What is on the module path here is on the class path there. */
  private static String classPath() {
    String classes = Path.of("target", "test-classes") + File.pathSeparator;
    String modules = Objects.requireNonNullElse(System.getProperty("jdk.module.path"), "");
    return classes + System.getProperty("java.class.path") + File.pathSeparator + modules;
  }
}
