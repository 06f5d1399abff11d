package io.github.lanewise.examples.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures on stderr, as a message without a stack trace. */
final class Failures {

  private static final int MEGABYTE = 1 << 20;

  private Failures() {}

  /** Says what is wrong with the arguments. */
  static int wrongUsage(ParameterException e, String... args) {
    CommandLine commandLine = e.getCommandLine();
    PrintWriter err = commandLine.getErr();
    String name = commandLine.getCommandSpec().qualifiedName();
    err.println(name + ": " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + name + " --help'.");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** Says what went wrong. */
  static int report(Throwable e, PrintWriter err, boolean stacktrace) {
    err.println("lanewise: " + message(e));
    if (stacktrace) {
      e.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Says that the heap is too small. */
  static int outOfMemory(OutOfMemoryError e, PrintWriter err, boolean stacktrace) {
    long megabytes = Runtime.getRuntime().maxMemory() / MEGABYTE;
    err.println(
        "lanewise: out of memory with a heap of "
            + megabytes
            + " MB; start java with a larger one (-Xmx, JAVA_OPTS), or lower --batch");
    if (stacktrace) {
      e.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The message of an exception, completed where the JDK's says only a name. */
  static String message(Throwable e) {
    String message = e.getMessage();
    if (e instanceof UncheckedIOException && e.getCause() != null) {
      return message(e.getCause());
    }
    if (e instanceof NoSuchFileException file && file.getReason() == null) {
      return file.getFile() + ": no such file or directory";
    }
    if (e instanceof AccessDeniedException file && file.getReason() == null) {
      return file.getFile() + ": permission denied";
    }
    if (e instanceof NotDirectoryException file && file.getReason() == null) {
      return file.getFile() + ": not a directory";
    }
    if (e instanceof FileAlreadyExistsException file && file.getReason() == null) {
      return file.getFile() + ": exists already, and is not a directory";
    }
    if (message == null || e instanceof NullPointerException || e instanceof ClassCastException) {
      return "unexpected failure: " + e + "; see --stacktrace";
    }
    return message;
  }
}
