package io.github.lanewise.examples;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a JVM with the vector module where this one was started without it. */
final class VectorModule {

  private static final String NAME = "jdk.incubator.vector";

  /** Set to false, keeps this JVM as it is: in the second JVM, or by who wants scalar kernels. */
  private static final String RESTART = "lanewise.restart";

  private static final int SECONDS_TO_STOP = 10;

  private VectorModule() {}

  /** Whether another JVM would have the module that this one lacks. */
  static boolean missing() {
    return Boolean.parseBoolean(System.getProperty(RESTART, "true"))
        && ModuleLayer.boot().findModule(NAME).isEmpty()
        && ModuleFinder.ofSystem().find(NAME).isPresent();
  }

  /**
   * Runs a class's main method in a JVM with the module, otherwise started like this one.
   *
   * @return its exit code
   */
  static int runWith(Class<?> main, String... args) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(main, jvmArguments(), args)).inheritIO().start();
    Thread stop = new Thread(() -> stop(process), "stop the second JVM");
    Runtime.getRuntime().addShutdownHook(stop);
    int exitCode = process.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException e) {
      // A signal is ending this JVM: the hook has the other one end as well.
    }
    return exitCode;
  }

  static List<String> command(Class<?> main, List<String> jvmArguments, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : jvmArguments) {
      // The debugger's port is taken by this JVM.
      if (!argument.startsWith("-agentlib:jdwp") && !argument.startsWith("-Xrunjdwp")) {
        command.add(argument);
      }
    }
    command.addAll(List.of("--add-modules", NAME, "-D" + RESTART + "=false"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static List<String> jvmArguments() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /** Passes the end of this JVM on, and waits for the other one to clean up. */
  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
