package io.github.lanewise.kernels;

import io.github.lanewise.kernels.ParallelLoop.Task;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that help one caller through a region of many loops. They stay from loop to loop,
 * spin for a moment and then park between loops, and leave when the region ends. A loop allocates
 * nothing.
 *
 * <p>Each member has a share of the indices, one after another, and the same one in every loop of
 * as many: what a thread wrote in one loop it is likely to find in its own cache in the next. Who
 * is through with its share, or came late, goes on with the others'.
 *
 * <p>A word holds the loop's number and count, which is 0 between loops. {@link #task} changes only
 * then, so that whoever reads the same word before and after it has the right one. A share's word
 * holds the number of the loop in which it was last touched, and its next index: an index can be
 * claimed for that loop only.
 */
final class Team implements Runnable {

  /** Longs from one word to the next: processors fetch cache lines in pairs. */
  private static final int APART = 16;

  /** Where the loop's word lies. */
  private static final int LOOP = APART;

  /** Where the number of finished indices lies; the words of the shares follow. */
  private static final int DONE = 2 * APART;

  /** Loops after which every share's word is written anew, so that none is taken for newer. */
  private static final int RENEWAL = 1 << 20;

  /** Longer than most gaps between loops, and than waking a thread takes. */
  private static final long SPIN_NANOS = 100_000;

  private static final int SPINS_A_GLANCE = 64;

  private final Executor executor;
  private final Invitation invitation = new Invitation();
  private final int members;
  private final AtomicLongArray words;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** The helpers that are here. */
  private final AtomicReferenceArray<@Nullable Thread> helpers;

  /** Those of them that are parked or about to park. */
  private final AtomicReferenceArray<@Nullable Thread> parked;

  private volatile @Nullable Thread owner;
  private volatile Task task = index -> {};

  Team(Executor executor, int helpers) {
    this(executor, helpers, 0);
  }

  /**
   * @param loops the number of the loop before the first one
   */
  Team(Executor executor, int helpers, int loops) {
    this.executor = executor;
    this.members = helpers + 1;
    this.words = new AtomicLongArray(share(members + 1));
    words.set(LOOP, word(loops, 0));
    this.helpers = new AtomicReferenceArray<>(helpers);
    this.parked = new AtomicReferenceArray<>(helpers);
  }

  /** Whether the calling thread is in its region and may start a loop. */
  boolean ready() {
    return owner == Thread.currentThread() && (int) words.get(LOOP) == 0;
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

  /** As {@link ParallelLoop#forEach} for at least one index, for the owner. */
  void forEach(int count, Task task) {
    int number = (int) (words.get(LOOP) >>> 32) + 1;
    this.task = task;
    words.set(DONE, 0);
    if (number % RENEWAL == 0) {
      for (int member = 0; member < members; member++) {
        words.set(share(member), word(number, first(member, count)));
      }
    }
    words.set(LOOP, word(number, count));
    wake();
    work(0);
    awaitHelpers(count);
    words.set(LOOP, word(number, 0));
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw ParallelLoop.<RuntimeException>unchecked(thrown);
    }
  }

  private static long word(int number, int value) {
    return ((long) number << 32) | value;
  }

  private static int share(int member) {
    return DONE + (member + 1) * APART;
  }

  /** The first index of a member's share, and the end of that of the one before. */
  private int first(int member, int count) {
    return (int) ((long) count * member / members);
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
    while (owner != null && !self.isInterrupted()) {
      if (work(slot + 1) > 0 || spin()) {
        continue;
      }
      parked.set(slot, self);
      if (owner != null && !available()) {
        LockSupport.park(this);
      }
      parked.set(slot, null);
    }
  }

  /** Waits for a moment, and says whether there is something to be claimed. */
  private boolean spin() {
    long end = System.nanoTime() + SPIN_NANOS;
    while (System.nanoTime() - end < 0) {
      for (int i = 0; i < SPINS_A_GLANCE; i++) {
        if (available()) {
          return true;
        }
        Thread.onSpinWait();
      }
      if (owner == null) {
        return false;
      }
    }
    return false;
  }

  private boolean available() {
    long loop = words.get(LOOP);
    int count = (int) loop;
    for (int member = 0; member < members && count > 0; member++) {
      if (next(member, (int) (loop >>> 32), count, words.get(share(member))) >= 0) {
        return true;
      }
    }
    return false;
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
  private int work(int member) {
    long loop = words.get(LOOP);
    Task present = task;
    int count = (int) loop;
    if (count == 0 || words.get(LOOP) != loop) {
      return 0;
    }
    int finished = 0;
    for (int i = 0; i < members; i++) {
      finished += work((member + i) % members, (int) (loop >>> 32), count, present);
    }
    if (finished > 0) {
      Thread caller = owner;
      if (words.addAndGet(DONE, finished) == count && caller != Thread.currentThread()) {
        LockSupport.unpark(caller);
      }
    }
    return finished;
  }

  /** Runs what can be claimed of one share, and returns how much that was. */
  private int work(int member, int number, int count, Task present) {
    int finished = 0;
    while (true) {
      long word = words.get(share(member));
      int index = next(member, number, count, word);
      if (index < 0) {
        return finished;
      }
      if (words.compareAndSet(share(member), word, word(number, index + 1))) {
        if (failure.get() == null) {
          try {
            present.run(index);
          } catch (Throwable e) {
            failure.compareAndSet(null, e);
          }
        }
        finished++;
      }
    }
  }

  /** The next index of a share whose word is this; -1 where there is none for that loop. */
  private int next(int member, int number, int count, long word) {
    int age = number - (int) (word >>> 32);
    int index = age == 0 ? (int) word : first(member, count);
    return age >= 0 && index < first(member + 1, count) ? index : -1;
  }

  private void awaitHelpers(int count) {
    boolean interrupted = false;
    for (int spins = 0; words.get(DONE) < count; spins++) {
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
