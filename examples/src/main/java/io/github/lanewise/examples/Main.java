package io.github.lanewise.examples;

import io.github.lanewise.examples.cli.LanewiseCommand;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** The entry point of {@code lanewise.jar}. */
public final class Main {

  private Main() {}

  /**
   * Runs the command and ends the JVM with its exit code: 0 for success, 1 for a failure, 2 for
   * wrong usage. Where the vector module is missing, another JVM that has it does the work.
   */
  public static void main(String[] args) throws Exception {
    System.setProperty("java.awt.headless", "true");
    if (VectorModule.missing()) {
      System.exit(VectorModule.runWith(Main.class, args));
    }
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    int exitCode = LanewiseCommand.run(out, err, args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }
}
