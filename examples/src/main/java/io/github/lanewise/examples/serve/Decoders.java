package io.github.lanewise.examples.serve;

import io.github.lanewise.image.PictureException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that decode pictures, so few that the pictures which are being decoded fit into
 * memory, and not the threads that talk to clients, which are to stay free for the others.
 */
final class Decoders implements AutoCloseable {

  private static final int SECONDS_TO_STOP = 10;

  private final ThreadPoolExecutor threads;

  Decoders(int count) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "lanewise-serve-decode");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many pictures wait. */
  int waiting() {
    return threads.getQueue().size();
  }

  /**
   * Runs a task on one of the threads.
   *
   * @throws PictureException if the task does
   * @throws RejectedExecutionException if this is closed
   */
  <T> T decode(Callable<T> task) throws PictureException {
    try {
      return threads.submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof PictureException bad) {
        throw bad;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException(cause);
    }
  }

  /** Refuses what comes and finishes what waits. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
