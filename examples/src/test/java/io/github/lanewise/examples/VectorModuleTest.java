package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorModuleTest {

  @TempDir Path directory;

  private record Result(int exitCode, String out, String err) {}

  /** Runs the main class in a JVM of its own that was not given the vector module. */
  private Result java(List<String> jvmArguments, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int exitCode = process.waitFor();
    return new Result(exitCode, read(out), read(err));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, Charset.defaultCharset());
  }

  @Test
  void aJvmWithoutTheModuleStartsOneThatHasIt() throws Exception {
    Result result = java(List.of(), "summary", "--size", "75");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("mixed10"), result.out());
    assertTrue(result.err().contains("jdk.incubator.vector"), "the JVM's warning");
  }

  @Test
  void theExitCodeIsPassedOn() throws Exception {
    assertEquals(2, java(List.of(), "--no-such-flag").exitCode());
    Path missing = directory.resolve("missing.h5");
    assertEquals(1, java(List.of(), "predict", "--model", missing.toString(), "x").exitCode());
  }

  @Test
  void theOtherJvmIsNotWantedWhereThePropertySaysSo() throws Exception {
    Result result = java(List.of("-Dlanewise.restart=false"), "--version");
    assertEquals(0, result.exitCode());
    assertFalse(result.err().contains("jdk.incubator.vector"), result.err());
  }

  @Test
  void theOtherJvmGetsTheSameArgumentsButForTheDebugger() {
    List<String> command =
        VectorModule.command(
            Main.class,
            List.of("-Xmx1g", "-agentlib:jdwp=transport=dt_socket", "-Da=b"),
            "summary",
            "--top");
    assertEquals("-Xmx1g", command.get(1));
    assertEquals("-Da=b", command.get(2));
    assertEquals(List.of("--add-modules", "jdk.incubator.vector"), command.subList(3, 5));
    assertEquals("-Dlanewise.restart=false", command.get(5));
    assertEquals(
        List.of(Main.class.getName(), "summary", "--top"),
        command.subList(command.size() - 3, command.size()));
  }
}
