package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.examples.profile.SlowestLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileOptionTest {

  @TempDir Path directory;

  private CommandRun train(Path profile) throws IOException {
    return CommandRun.of(
        "dogs-vs-cats",
        "--weights",
        Files75.weights(directory),
        "--data",
        Files75.pictures(directory),
        "--out",
        directory.resolve("out"),
        "--size",
        75,
        "--epochs",
        1,
        "--batch",
        4,
        "--profile",
        profile);
  }

  @Test
  void theSlowestLayersOfTheRecordingArePrintedAfterTheResults() throws IOException {
    Path file = directory.resolve("profiles/out.jfr");
    CommandRun run = train(file);
    assertEquals(0, run.exitCode(), run.err());
    try (var files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
    SlowestLayers layers = SlowestLayers.of(file);
    // Two heads, one epoch, 12 pictures in batches of 4.
    assertEquals(6, layers.steps());
    for (String pass : List.of("forward", "backward")) {
      SlowestLayers.Row dense =
          layers.rows().stream()
              .filter(
                  r ->
                      r.pass().equals(pass)
                          && r.op().equals("Dense")
                          && r.shape().endsWith(", 1024)"))
              .findFirst()
              .orElseThrow();
      assertTrue(dense.calls() >= 3, dense::toString);
    }
    SlowestLayers.Row first =
        layers.rows().stream()
            .filter(r -> r.layer().equals("conv2d_1") && r.pass().equals("inference"))
            .findFirst()
            .orElseThrow();
    assertTrue(!first.algorithm().isEmpty(), first::toString);
    for (int i = 1; i < layers.rows().size(); i++) {
      assertTrue(layers.rows().get(i - 1).nanos() >= layers.rows().get(i).nanos());
    }
    List<String> lines = run.outLines();
    int heading = lines.indexOf(layers.table(20).lines().findFirst().orElseThrow());
    assertEquals(layers.table(20).lines().toList(), lines.subList(heading, heading + 22));
    assertEquals("Recording in " + file, lines.get(lines.size() - 1));
    assertTrue(lines.get(heading + 2).startsWith(layers.rows().get(0).layer()), run.out());
  }

  @Test
  void aPlaceThatCanNotBeWrittenToIsNamedBeforeAnythingIsDone() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    CommandRun run = train(file.resolve("out.jfr"));
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(file.toString()), run.err());
    assertEquals("", run.out());
  }
}
