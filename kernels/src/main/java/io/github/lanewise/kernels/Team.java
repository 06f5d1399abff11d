package io.github.lanewise.kernels;

import io.github.lanewise.kernels.ParallelLoop.Task;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that help one caller through a region of many loops. They stay from loop to loop,
 * spin for a moment and then park between loops, and leave when the region ends. A loop allocates
 * nothing.
 *
 * <p>The state holds the number of the loop and the next index, so that an index can be claimed for
 * that loop only. Between loops the index is {@link #CLOSED}; {@link #count} and {@link #task}
 * change only then.
 */
final class Team implements Runnable {

  private static final int CLOSED = Integer.MAX_VALUE;

  /** Tens of microseconds: longer than most gaps between loops. */
  private static final int SPINS = 2_000;

  private final Executor executor;
  private final Invitation invitation = new Invitation();
  private final AtomicLong state = new AtomicLong(CLOSED);
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** The helpers that are here. */
  private final AtomicReferenceArray<@Nullable Thread> helpers;

  /** Those of them that are parked or about to park. */
  private final AtomicReferenceArray<@Nullable Thread> parked;

  private volatile @Nullable Thread owner;
  private int count;
  private Task task = index -> {};

  /** Whether the owner is in a loop; only the owner asks. */
  private boolean looping;

  Team(Executor executor, int helpers) {
    this.executor = executor;
    this.helpers = new AtomicReferenceArray<>(helpers);
    this.parked = new AtomicReferenceArray<>(helpers);
  }

  /** Whether the calling thread is in its region and may start a loop. */
  boolean ready() {
    return owner == Thread.currentThread() && !looping;
  }

  /** Runs {@code body} with the helpers at hand. */
  void region(Runnable body) {
    if (owner == Thread.currentThread()) {
      body.run();
      return;
    }
    if (owner != null) {
      throw new IllegalStateException("ParallelLoop: expected one caller at a time, found another");
    }
    owner = Thread.currentThread();
    try {
      for (int i = 0; i < helpers.length(); i++) {
        if (helpers.get(i) == null) {
          invite();
        }
      }
    } catch (RejectedExecutionException e) {
      // The caller does without the helpers that it did not get.
    }
    try {
      body.run();
    } finally {
      owner = null;
      wake();
    }
  }

  private void invite() {
    if (executor instanceof ForkJoinPool pool) {
      pool.execute(invitation);
    } else {
      executor.execute(this);
    }
  }

  /** The team as a task that a pool takes as it is, again and again: it never completes. */
  private final class Invitation extends ForkJoinTask<@Nullable Void> {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Void getRawResult() {
      return null;
    }

    @Override
    protected void setRawResult(@Nullable Void value) {}

    @Override
    protected boolean exec() {
      Team.this.run();
      return false;
    }
  }

  /** As {@link ParallelLoop#forEach}, for the owner. */
  void forEach(int count, Task task) {
    looping = true;
    this.count = count;
    this.task = task;
    done.set(0);
    long loop = ((state.get() >>> 32) + 1) << 32;
    state.set(loop);
    wake();
    work();
    awaitHelpers();
    state.set(loop | CLOSED);
    looping = false;
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw ParallelLoop.<RuntimeException>unchecked(thrown);
    }
  }

  /**
   * A helper's time in the region. Who has left looks once more: a region that began meanwhile took
   * it for present and did not invite it.
   */
  @Override
  public void run() {
    Thread self = Thread.currentThread();
    while (owner != null && owner != self && !self.isInterrupted()) {
      int slot = 0;
      while (slot < helpers.length() && !helpers.compareAndSet(slot, null, self)) {
        slot++;
      }
      if (slot == helpers.length()) {
        return;
      }
      help(slot, self);
      helpers.set(slot, null);
    }
  }

  private void help(int slot, Thread self) {
    int idle = 0;
    while (owner != null && !self.isInterrupted()) {
      if (work() > 0) {
        idle = 0;
      } else if (idle++ < SPINS) {
        Thread.onSpinWait();
      } else {
        parked.set(slot, self);
        if (owner != null && !available()) {
          LockSupport.park(this);
        }
        parked.set(slot, null);
        idle = 0;
      }
    }
  }

  private boolean available() {
    return (int) state.get() < count;
  }

  private void wake() {
    for (int i = 0; i < parked.length(); i++) {
      Thread helper = parked.get(i);
      if (helper != null) {
        LockSupport.unpark(helper);
      }
    }
  }

  /** Runs what can be claimed of the present loop, and returns how much that was. */
  private int work() {
    int finished = 0;
    while (true) {
      long now = state.get();
      int index = (int) now;
      Task claimed = task;
      if (index >= count) {
        break;
      }
      if (state.compareAndSet(now, now + 1)) {
        if (failure.get() == null) {
          try {
            claimed.run(index);
          } catch (Throwable e) {
            failure.compareAndSet(null, e);
          }
        }
        finished++;
      }
    }
    if (finished > 0) {
      int total = count;
      Thread caller = owner;
      if (done.addAndGet(finished) == total && caller != Thread.currentThread()) {
        LockSupport.unpark(caller);
      }
    }
    return finished;
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
