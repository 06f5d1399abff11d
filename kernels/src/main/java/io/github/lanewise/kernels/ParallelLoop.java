package io.github.lanewise.kernels;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the iterations of a loop on several threads. Tasks must write to disjoint places; then the
 * result does not depend on the number of threads. The calling thread takes part, so a loop makes
 * progress even where the executor has no thread to spare. Safe for use by several threads.
 */
public final class ParallelLoop {

  /** One iteration. */
  @FunctionalInterface
  public interface Task {
    /** Runs iteration {@code index}. */
    void run(int index);
  }

  /** A stretch of a loop, {@code from} inclusive to {@code to} exclusive. */
  @FunctionalInterface
  public interface RangeTask {
    /** Runs the stretch. */
    void run(int from, int to);
  }

  /** Simple operations that are worth a task of their own. */
  private static final int OPERATIONS_PER_TASK = 16_384;

  private static final ParallelLoop SERIAL = new ParallelLoop(Runnable::run, 1, null);

  private final Executor executor;
  private final int threads;
  private final @Nullable Team team;

  private ParallelLoop(Executor executor, int threads, @Nullable Team team) {
    this.executor = executor;
    this.threads = threads;
    this.team = team;
  }

  /** Everything on the calling thread. */
  public static ParallelLoop serial() {
    return SERIAL;
  }

  /** As many threads as there are processors, of the pool of {@link #of}. */
  public static ParallelLoop availableProcessors() {
    return of(Runtime.getRuntime().availableProcessors());
  }

  /**
   * The calling thread and up to {@code threads - 1} of a pool that all such loops share, one
   * thread fewer than there are processors; of a pool of its own where that is too small. Threads
   * are daemons that end when idle for long.
   *
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public static ParallelLoop of(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    if (threads == 1) {
      return SERIAL;
    }
    ForkJoinPool shared = Shared.POOL;
    Executor pool = shared.getParallelism() >= threads - 1 ? shared : new ForkJoinPool(threads - 1);
    return new ParallelLoop(pool, threads, null);
  }

  /**
   * The calling thread and up to {@code threads - 1} tasks on the caller's executor. Tasks that it
   * rejects or never runs are run by the calling thread.
   *
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public static ParallelLoop on(Executor executor, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    return threads == 1 ? SERIAL : new ParallelLoop(executor, threads, null);
  }

  /**
   * The stretch of a loop that is worth a task of its own, for {@link #forRange}.
   *
   * @param operations simple operations (a load, an addition) of one iteration
   */
  public static int grain(int operations) {
    return Math.max(1, OPERATIONS_PER_TASK / Math.max(1, operations));
  }

  /** The number of threads that may run at once, the caller's included. */
  public int threads() {
    return threads;
  }

  /**
   * The same loop for one caller at a time, who may keep its helpers from loop to loop in a {@link
   * #region}.
   */
  public ParallelLoop forOneCaller() {
    return threads == 1
        ? this
        : new ParallelLoop(executor, threads, new Team(executor, threads - 1));
  }

  /**
   * Runs {@code body}. Of a loop made by {@link #forOneCaller} the helpers stay until it returns,
   * so that the loops in it start within a few microseconds and allocate nothing.
   *
   * @throws IllegalStateException if another thread is in a region of this loop
   */
  public void region(Runnable body) {
    if (team == null) {
      body.run();
    } else {
      team.region(body);
    }
  }

  /**
   * Runs {@code task} for 0 to {@code count - 1}, in no particular order, and returns when all are
   * done. The first exception of a task is thrown to the caller after the running tasks have ended.
   */
  public void forEach(int count, Task task) {
    if (threads == 1 || count <= 1) {
      for (int i = 0; i < count; i++) {
        task.run(i);
      }
      return;
    }
    if (team != null && team.ready()) {
      team.forEach(count, task);
      return;
    }
    new Run(count, task).start(executor, Math.min(threads, count) - 1);
  }

  /**
   * Splits 0 to {@code n - 1} into stretches of {@code grain} (the last may be shorter) and runs
   * them. The stretches depend on {@code n} and {@code grain} alone.
   */
  public void forRange(int n, int grain, RangeTask task) {
    if (n <= grain) {
      if (n > 0) {
        task.run(0, n);
      }
      return;
    }
    forEach(stretches(n, grain), ofStretches(n, grain, task));
  }

  /** The number of stretches of {@link #forRange}. */
  public static int stretches(int n, int grain) {
    return n == 0 ? 0 : (n - 1) / grain + 1;
  }

  /** A task whose iterations are the stretches of {@link #forRange}, to be run again and again. */
  public static Task ofStretches(int n, int grain, RangeTask task) {
    return i -> {
      int from = i * grain;
      task.run(from, from + Math.min(grain, n - from));
    };
  }

  /**
   * The threads of loops without an executor. Not those of the JVM's common pool: from JDK 19 on
   * these forget what kernels keep in thread-local memory as soon as they have nothing to do.
   */
  private static final class Shared {
    static final ForkJoinPool POOL =
        new ForkJoinPool(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  /** Throws anything, also what languages without checked exceptions throw. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Throwable> E unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** One parallel loop under way. */
  private static final class Run implements Runnable {
    private final int count;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread caller = Thread.currentThread();

    Run(int count, Task task) {
      this.count = count;
      this.task = task;
    }

    void start(Executor executor, int helpers) {
      try {
        for (int i = 0; i < helpers; i++) {
          executor.execute(this);
        }
      } catch (RejectedExecutionException e) {
        // The caller does without the helpers that it did not get.
      }
      run();
      awaitHelpers();
      Throwable thrown = failure.get();
      if (thrown != null) {
        throw ParallelLoop.<RuntimeException>unchecked(thrown);
      }
    }

    @Override
    public void run() {
      int finished = 0;
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        if (failure.get() == null) {
          try {
            task.run(i);
          } catch (Throwable e) {
            failure.compareAndSet(null, e);
          }
        }
        finished++;
      }
      if (finished > 0 && done.addAndGet(finished) == count && Thread.currentThread() != caller) {
        LockSupport.unpark(caller);
      }
    }

    private void awaitHelpers() {
      boolean interrupted = false;
      for (int spins = 0; done.get() < count; spins++) {
        if (spins < 20_000) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
