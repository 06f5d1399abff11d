package io.github.lanewise.examples;

import io.github.lanewise.examples.cli.LanewiseCommand;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads the classes that commands begin with, for the launcher, which has the JVM archive them:
 * reads weights, compiles InceptionV3's first layers and predicts. Prints nothing.
 */
public final class Rehearsal {

  private static final String[] COMMAND = {
    "benchmark", "--size", "75", "--layer", "mixed2", "--batch", "1", "--seconds", "0.1"
  };

  private Rehearsal() {}

  /** Runs it; the JVM then ends with exit code 0 for success. */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path file = Files.createTempFile("lanewise", ".h5");
    try {
      Node input = Input.of(1);
      Model model = new Model(input, new Dense(1).on(input));
      KerasWeights.save(model, file);
      model.loadWeights(KerasWeights.byName(file));
      InferencePlan.compile(model, KerasWeights.byName(file));
    } finally {
      Files.delete(file);
    }
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    int exitCode = LanewiseCommand.run(nowhere, nowhere, COMMAND);
    if (exitCode != 0) {
      throw new IllegalStateException("the command ended with exit code " + exitCode);
    }
  }
}
