package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir Path directory;

  private List<String> loaded() throws Exception {
    Path out = directory.resolve("out");
    Path log = directory.resolve("classes");
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    Process process =
        new ProcessBuilder(
                JAVA,
                "--add-modules",
                "jdk.incubator.vector",
                "-Djava.io.tmpdir=" + temporary,
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Rehearsal.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    int exitCode = process.waitFor();
    assertEquals(0, exitCode, Files.readString(out, Charset.defaultCharset()));
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
    return Files.readAllLines(log, Charset.defaultCharset());
  }

  @Test
  void itLoadsTheReaderOfWeightsAndTheKernelsButDoesNotStartTheFlightRecorder() throws Exception {
    List<String> classes = loaded();
    for (String expected :
        List.of(
            "io.jhdf.HdfFile",
            "io.github.lanewise.hdf5.KerasWeightReader",
            "picocli.CommandLine",
            "io.github.lanewise.infer.InferenceSession",
            "io.github.lanewise.kernels.simd.SimdKernels")) {
      assertEquals(1, count(classes, expected), expected);
    }
    assertEquals(0, count(classes, "jdk.jfr.internal.MetadataRepository"));
  }

  private static long count(List<String> lines, String className) {
    return lines.stream().filter(l -> l.contains(" " + className + " ")).count();
  }
}
