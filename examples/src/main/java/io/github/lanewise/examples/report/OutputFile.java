package io.github.lanewise.examples.report;

import io.github.lanewise.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Results as files, whole or not at all. */
public final class OutputFile {

  private OutputFile() {}

  /**
   * Writes a text in UTF-8.
   *
   * @throws IOException naming the file, if that fails; the file is then as it was
   */
  public static void write(Path file, String text) throws IOException {
    AtomicFile.write(
        file,
        channel -> Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a picture as PNG.
   *
   * @throws IOException as {@link #write(Path, String)}
   */
  public static void write(Path file, BufferedImage picture) throws IOException {
    AtomicFile.write(
        file,
        channel -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
          if (!ImageIO.write(picture, "png", out)) {
            throw new IOException("this JDK has no PNG writer");
          }
          out.flush();
        });
  }
}
