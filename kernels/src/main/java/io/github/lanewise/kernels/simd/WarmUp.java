package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.KernelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A loop that is not run for real before C2 has compiled it: until then every vector is an object,
 * and a product of two takes a hundred times as long. Who needs the loop asks {@link #over}, and
 * while that is false computes the same by a smaller one. The first to ask has the loop called on
 * small operands, again and again, by a thread that ends when all loops asked for are through: a
 * second or two, once in a process.
 *
 * <p>See ADR 23. {@link KernelSelector#WARM_UP} turns it off.
 */
final class WarmUp {

  /** Turns of the inner loop in a call to warm up. */
  static final int TURNS = 24;

  private static final boolean ON =
      !"false".equals(System.getProperty(KernelSelector.WARM_UP, "true"));

  /**
   * Calls in close sequence: C2 compiles what has been called 600 times with 15,000 turns, after C1
   * has compiled it.
   */
  private static final int EAGER_CALLS = 1200;

  private static final int CALLS_OF_A_ROUND = 50;

  /** Calls of a round that only look whether C2 is through. */
  private static final int LATER_CALLS = 10;

  /** What a product of two vectors takes at most once compiled: it is a tenth of that or less. */
  private static final double COMPILED_NANOS = 4;

  /** When the loop is run for real though it was never seen compiled. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

  /** The loops asked for; guards itself, {@link #running} and {@link #asked}. */
  private static final List<WarmUp> QUEUE = new ArrayList<>();

  private static boolean running;

  private final Supplier<Runnable> operands;
  private final double compiledNanos;
  private boolean asked;
  private volatile boolean over = !ON;

  /** Of the thread alone. */
  private Runnable loop = () -> {};

  private int calls;
  private long start;

  /**
   * @param operands makes the call that is to be repeated, of {@link #TURNS} turns
   * @param products of two vectors in one call
   */
  WarmUp(int products, Supplier<Runnable> operands) {
    this.operands = operands;
    this.compiledNanos = COMPILED_NANOS * products;
  }

  /** Whether the loop is to be run for real; where not, it is or will be warmed up. */
  boolean over() {
    if (!over) {
      ask();
    }
    return over;
  }

  private void ask() {
    synchronized (QUEUE) {
      if (asked) {
        return;
      }
      asked = true;
      QUEUE.add(this);
      if (!running) {
        running = true;
        Thread thread = new Thread(WarmUp::runAll, "lanewise-warm-up");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private static void runAll() {
    List<WarmUp> loops = new ArrayList<>();
    while (true) {
      synchronized (QUEUE) {
        loops.addAll(QUEUE);
        QUEUE.clear();
        if (loops.isEmpty()) {
          running = false;
          return;
        }
      }
      boolean eager = false;
      for (WarmUp each : loops) {
        eager |= each.calls < EAGER_CALLS;
        each.round();
      }
      loops.removeIf(each -> each.over);
      if (!eager) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      // Who interrupts all threads of a group is no reason to leave the loops uncompiled for good.
    }
  }

  private void round() {
    if (calls == 0) {
      start = System.nanoTime();
      loop = operands.get();
    }
    int count = calls < EAGER_CALLS ? CALLS_OF_A_ROUND : LATER_CALLS;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      long before = System.nanoTime();
      loop.run();
      least = Math.min(least, System.nanoTime() - before);
    }
    calls += count;
    over = least < compiledNanos || System.nanoTime() - start > PATIENCE;
  }
}
