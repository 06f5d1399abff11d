package io.github.lanewise.examples.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The {@link Md5} of a file, computed by a thread of its own: it takes as long as loading the
 * file's weights, and the two share nothing but the file.
 */
public final class BackgroundMd5 implements AutoCloseable {

  private final FutureTask<String> task;

  private BackgroundMd5(FutureTask<String> task) {
    this.task = task;
  }

  /** Begins to compute it. */
  public static BackgroundMd5 of(Path file) {
    FutureTask<String> task = new FutureTask<>(() -> Md5.of(file));
    Thread thread = new Thread(task, "digest of " + file.getFileName());
    thread.setDaemon(true);
    thread.start();
    return new BackgroundMd5(task);
  }

  /**
   * The digest, awaited.
   *
   * @throws IOException if the file can not be read
   */
  public String result() throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException reason ? reason : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Gives up where the digest is not needed any more. */
  @Override
  public void close() {
    task.cancel(true);
  }
}
