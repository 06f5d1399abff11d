package io.github.lanewise.examples.profile;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.profile.Profile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;

/** A recording of the events of layers and training steps, from its start until it is written. */
public final class FlightRecording implements AutoCloseable {

  private final Recording recording = new Recording();

  private FlightRecording() {
    recording.setName("lanewise");
    recording.enable(Profile.LAYER);
    recording.enable(Profile.TRAINING_STEP);
    recording.start();
  }

  /**
   * Starts one.
   *
   * @throws IllegalStateException if this JVM has no flight recorder
   */
  public static FlightRecording start() {
    if (!Profile.available()) {
      throw new IllegalStateException(
          "recording layers: expected a JVM with the module jdk.jfr, found none");
    }
    return new FlightRecording();
  }

  /**
   * Ends the recording and writes it.
   *
   * @throws IOException naming the file, if it can not be written
   */
  public void write(Path file) throws IOException {
    recording.stop();
    Path dump = Files.createTempFile("lanewise-", ".jfr");
    try {
      recording.dump(dump);
      AtomicFile.write(file, channel -> Files.copy(dump, Channels.newOutputStream(channel)));
    } finally {
      Files.deleteIfExists(dump);
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
