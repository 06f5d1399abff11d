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

  private List<String> loaded(String... options) throws Exception {
    Path log = directory.resolve("classes");
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    Process process =
        new ProcessBuilder(
                Stream.of(
                        Stream.of(JAVA, "--add-modules", "jdk.incubator.vector"),
                        Stream.of("-Djava.io.tmpdir=" + temporary, "-Xlog:class+load:file=" + log),
                        Stream.of("-cp", System.getProperty("java.class.path")),
                        Stream.of(options),
                        Stream.of(Rehearsal.class.getName()))
                    .flatMap(s -> s)
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    assertEquals(
        0,
        process.waitFor(),
        () -> {
          try {
            return Files.readString(directory.resolve("out"), Charset.defaultCharset());
          } catch (java.io.IOException e) {
            return e.toString();
          }
        });
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
