package io.github.lanewise.examples.serve;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that talk to clients. */
final class ConnectionThreads {

  /** The most connections, and threads where they are not virtual. */
  static final int MOST = 512;

  /**
   * The first JDK in which a virtual thread that waits within {@code synchronized}, as the JDK's
   * server does where it reads, leaves its carrier to others (JEP 491).
   */
  private static final int VIRTUAL_SINCE = 24;

  private static final int IDLE_SECONDS = 30;

  private ConnectionThreads() {}

  /**
   * A virtual thread a task where the JDK has them, else a pool of {@link #MOST} threads, which
   * refuses what is more.
   */
  static ExecutorService open() {
    if (Runtime.version().feature() >= VIRTUAL_SINCE) {
      try {
        return (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      } catch (ReflectiveOperationException e) {
        // The pool does.
      }
    }
    return pool();
  }

  private static ExecutorService pool() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        MOST,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "lanewise-serve-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
