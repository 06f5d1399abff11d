package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CompletionTest {

  @TempDir Path directory;

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "no bash");
    CommandRun run = CommandRun.of("generate-completion");
    assertEquals(0, run.exitCode(), run.err());
    Path script = Files.writeString(directory.resolve("lanewise.bash"), run.out());
    assertTrue(completions(bash, script, "lanewise dogs").contains("dogs-vs-cats"));
    assertTrue(completions(bash, script, "lanewise dogs-vs-cats --unf").contains("--unfreeze"));
  }

  /** What bash offers for the last word of a line. */
  private static String completions(Path bash, Path script, String line)
      throws IOException, InterruptedException {
    String commands =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='%s'; COMP_POINT=${#COMP_LINE};"
                .formatted(script, line, line)
            + " _complete_lanewise; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process process = new ProcessBuilder(bash.toString(), "-c", commands).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return out;
  }

  @Test
  void everyOptionThatTakesAValueTellsItsDefaultOrIsRequired() {
    List<String> silent = new ArrayList<>();
    for (CommandLine command : LanewiseCommand.commandLine().getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        String name = command.getCommandName() + " " + option.longestName();
        boolean flag = option.arity().max() == 0;
        String description = String.join(" ", option.description());
        boolean told = flag || option.required() || description.contains("default");
        if (description.isBlank() || !told) {
          silent.add(name);
        }
      }
    }
    assertEquals(List.of(), silent);
  }
}
