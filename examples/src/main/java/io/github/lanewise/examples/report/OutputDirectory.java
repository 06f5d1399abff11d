package io.github.lanewise.examples.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where results go. */
public final class OutputDirectory {

  private OutputDirectory() {}

  /**
   * Creates the directory where it is missing, and makes sure that files can be written there.
   *
   * @throws IOException naming the directory, if not
   */
  public static void require(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".lanewise", null));
    } catch (IOException e) {
      throw new IOException(directory + ": can not write there (" + reason(e) + ")", e);
    }
  }

  private static String reason(IOException e) {
    String words = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null ? words : words + ": " + e.getMessage();
  }
}
