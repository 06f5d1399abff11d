package io.github.lanewise.examples.serve;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Interrupts threads that wait for a slow client: the JDK closes the channel that an interrupted
 * thread reads from or writes to.
 */
final class Deadlines implements AutoCloseable {

  private final Executor executor;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Starts a timer.
   *
   * @param executor runs what is to be done when a deadline passes
   */
  Deadlines(Executor executor) {
    this.executor = executor;
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "lanewise-serve-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * A deadline for the calling thread.
   *
   * @param late run before the thread is interrupted
   */
  Deadline start(long millis, Runnable late) {
    return new Deadline(millis, late);
  }

  /** What waits for a client. */
  @FunctionalInterface
  interface Waiting {
    /** Waits. */
    void run() throws IOException;
  }

  /**
   * Runs a task on the calling thread.
   *
   * @throws IOException if the task does, as it will if it takes longer
   */
  void within(long millis, Waiting task) throws IOException {
    Deadline deadline = start(millis, () -> {});
    try (deadline) {
      task.run();
    }
  }

  /** A time after which the thread that started it is interrupted, unless it is closed before. */
  final class Deadline implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Future<?> expiry;
    private boolean passed;

    private Deadline(long millis, Runnable late) {
      expiry = timer.schedule(() -> dispatch(late), millis, TimeUnit.MILLISECONDS);
    }

    private void dispatch(Runnable late) {
      try {
        executor.execute(() -> expire(late));
      } catch (RejectedExecutionException e) {
        expire(() -> {});
      }
    }

    private void expire(Runnable late) {
      if (decided.compareAndSet(false, true)) {
        try {
          late.run();
        } finally {
          thread.interrupt();
          interrupted.countDown();
        }
      }
    }

    /** Whether it had passed when it was closed. */
    boolean passed() {
      return passed;
    }

    /** Ends it. No interrupt comes later, and none of its own is left. */
    @Override
    public void close() {
      expiry.cancel(false);
      if (passed || decided.compareAndSet(false, true)) {
        return;
      }
      passed = true;
      while (interrupted.getCount() > 0) {
        try {
          interrupted.await();
        } catch (InterruptedException e) {
          // The interrupt that it waits for.
        }
      }
      Thread.interrupted();
    }
  }

  /** Ends the timer, and its thread within a second; no deadline passes from now on. */
  @Override
  public void close() {
    PredictionServer.end(timer);
  }
}
