package io.github.lanewise.examples.download;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream on which nothing has arrived for too long, so that reading it ends. */
final class SilenceGuard implements AutoCloseable {

  private final InputStream stream;
  private final Duration silence;
  private final Thread thread;
  private volatile long lastNanos = System.nanoTime();

  SilenceGuard(InputStream stream, Duration silence) {
    this.stream = stream;
    this.silence = silence;
    this.thread = new Thread(this::watch, "lanewise-download");
    thread.setDaemon(true);
    thread.start();
  }

  /** Something has arrived. */
  void heard() {
    lastNanos = System.nanoTime();
  }

  private void watch() {
    try {
      long left = silence.toNanos();
      while (left > 0) {
        Thread.sleep(Duration.ofNanos(left).toMillis() + 1);
        left = silence.toNanos() - (System.nanoTime() - lastNanos);
      }
      stream.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The reader finds the stream broken in any case.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
