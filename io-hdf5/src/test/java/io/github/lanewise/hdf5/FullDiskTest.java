package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up while weights are written, played by a limit on the size of files. */
@DisabledOnOs(OS.WINDOWS)
class FullDiskTest {

  @TempDir Path directory;

  /** Run in a process of its own: saves 400 KB and prints the error. */
  public static void main(String[] args) {
    Node input = Input.named("input", 100);
    Model model =
        new Model("big", List.of(input), List.of(new Dense(1000).name("dense").on(input)));
    try {
      KerasWeights.save(model, Path.of(args[0]));
      System.out.print("saved");
    } catch (IOException e) {
      System.out.print(e.getMessage());
    }
  }

  private String save(String limit, Path target) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                limit + "exec \"$@\"",
                "sh",
                java.toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                FullDiskTest.class.getName(),
                target.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  @Test
  void theOldFileStaysAndNothingIsLeftBeside() throws IOException, InterruptedException {
    Path target = Files.writeString(directory.resolve("model.h5"), "the old weights");
    String message = save("ulimit -f 200; ", target);
    assertTrue(message.startsWith(target + ": can not be written: "), message);
    assertEquals("the old weights", Files.readString(target));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(target), files.toList());
    }
  }

  @Test
  void withoutTheLimitTheSameProcessSaves() throws IOException, InterruptedException {
    Path target = directory.resolve("model.h5");
    assertEquals("saved", save("", target));
    assertEquals(List.of("dense/dense/bias:0", "dense/dense/kernel:0"), Hdf5Tensors.names(target));
  }
}
