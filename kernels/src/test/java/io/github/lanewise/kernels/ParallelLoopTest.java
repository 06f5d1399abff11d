package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelLoopTest {

  private static final Executor REJECTING =
      task -> {
        throw new RejectedExecutionException("closed");
      };

  private static void assertRunsEachIndexOnce(ParallelLoop loop, int count) {
    AtomicIntegerArray runs = new AtomicIntegerArray(Math.max(1, count));
    loop.forEach(count, runs::incrementAndGet);
    for (int i = 0; i < count; i++) {
      assertEquals(1, runs.get(i), "runs of index " + i + " of " + count);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyIndexIsRunOnce(int threads) {
    ParallelLoop loop = ParallelLoop.of(threads);
    for (int count : new int[] {0, 1, 2, 3, 7, 100, 10_000}) {
      assertRunsEachIndexOnce(loop, count);
    }
  }

  @Test
  void everyIndexIsRunOnceInEachOfManyShortLoops() {
    ParallelLoop loop = ParallelLoop.of(3);
    for (int i = 0; i < 2_000; i++) {
      assertRunsEachIndexOnce(loop, 5);
    }
  }

  @Test
  void whatTasksWroteIsSeenByTheCaller() {
    ParallelLoop loop = ParallelLoop.of(3);
    int[] written = new int[1_000];
    for (int round = 1; round <= 200; round++) {
      int value = round;
      loop.forEach(written.length, i -> written[i] = value);
      for (int found : written) {
        assertEquals(value, found);
      }
    }
  }

  @Test
  void aLoopRunsOnSeveralThreads() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    try {
      CountDownLatch bothRunning = new CountDownLatch(2);
      AtomicBoolean met = new AtomicBoolean(true);
      ParallelLoop.on(pool, 2)
          .forEach(
              2,
              i -> {
                bothRunning.countDown();
                try {
                  if (!bothRunning.await(30, TimeUnit.SECONDS)) {
                    met.set(false);
                  }
                } catch (InterruptedException e) {
                  met.set(false);
                }
              });
      assertTrue(met.get(), "both iterations were under way at the same time");
    } finally {
      pool.shutdownNow();
      assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void stretchesCoverTheRangeAndDoNotDependOnTheThreads() {
    List<String> expected = List.of("0-4", "4-8", "8-10");
    for (ParallelLoop loop : List.of(ParallelLoop.serial(), ParallelLoop.of(3))) {
      ConcurrentLinkedQueue<String> stretches = new ConcurrentLinkedQueue<>();
      loop.forRange(10, 4, (from, to) -> stretches.add(from + "-" + to));
      assertEquals(expected, stretches.stream().sorted().toList());
    }
  }

  @Test
  void aRangeMayReachTheLargestInteger() {
    ConcurrentLinkedQueue<Integer> ends = new ConcurrentLinkedQueue<>();
    ParallelLoop.of(2).forRange(Integer.MAX_VALUE, 1 << 30, (from, to) -> ends.add(to - from));
    assertEquals(List.of((1 << 30) - 1, 1 << 30), ends.stream().sorted().toList());
  }

  @Test
  void anEmptyRangeRunsNothing() {
    ParallelLoop.of(2).forRange(0, 4, (from, to) -> assertEquals(from, to, "ran a stretch"));
    ParallelLoop.of(2).forEach(0, i -> assertEquals(-1, i, "ran an index"));
  }

  @Test
  void nestedLoopsDoNotDeadlock() {
    ParallelLoop loop = ParallelLoop.of(3);
    AtomicInteger runs = new AtomicInteger();
    for (int round = 0; round < 50; round++) {
      loop.forEach(6, i -> loop.forEach(6, j -> loop.forEach(6, k -> runs.incrementAndGet())));
    }
    assertEquals(50 * 6 * 6 * 6, runs.get());
  }

  @Test
  void nestedLoopsOnAnExecutorOfOneThreadDoNotDeadlock() throws InterruptedException {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      ParallelLoop loop = ParallelLoop.on(pool, 4);
      AtomicInteger runs = new AtomicInteger();
      loop.forEach(8, i -> loop.forEach(8, j -> runs.incrementAndGet()));
      assertEquals(64, runs.get());
    } finally {
      pool.shutdownNow();
      assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void severalCallersShareALoop() throws InterruptedException {
    ParallelLoop loop = ParallelLoop.of(2);
    AtomicIntegerArray sums = new AtomicIntegerArray(4);
    List<Thread> callers = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int caller = t;
      Thread thread =
          new Thread(
              () -> {
                for (int round = 0; round < 200; round++) {
                  loop.forEach(20, i -> sums.addAndGet(caller, i));
                }
              });
      thread.start();
      callers.add(thread);
    }
    for (Thread thread : callers) {
      thread.join();
    }
    for (int t = 0; t < 4; t++) {
      assertEquals(200 * 190, sums.get(t));
    }
  }

  @Test
  void anExecutorMayRunHelpersOnTheCallingThread() {
    assertRunsEachIndexOnce(ParallelLoop.on(Runnable::run, 4), 100);
  }

  @Test
  void noMoreThreadsThanAskedForTakePart() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      ConcurrentHashMap<Thread, Boolean> threads = new ConcurrentHashMap<>();
      ParallelLoop.on(pool, 3).forEach(10_000, i -> threads.put(Thread.currentThread(), true));
      assertTrue(threads.size() <= 3, threads.size() + " threads");
    } finally {
      pool.shutdownNow();
      assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void helpersOfTheDefaultPoolsAreDaemons() {
    for (int threads : new int[] {2, Runtime.getRuntime().availableProcessors() + 3}) {
      Thread caller = Thread.currentThread();
      ConcurrentHashMap<Thread, Boolean> daemons = new ConcurrentHashMap<>();
      CountDownLatch helped = new CountDownLatch(1);
      ParallelLoop.of(threads)
          .forEach(
              2,
              i -> {
                if (Thread.currentThread() == caller) {
                  awaitUninterrupted(helped);
                } else {
                  daemons.put(Thread.currentThread(), Thread.currentThread().isDaemon());
                  helped.countDown();
                }
              });
      assertFalse(daemons.isEmpty());
      daemons.forEach((thread, daemon) -> assertTrue(daemon, thread.getName()));
    }
  }

  @Test
  void idleHelpersKeepTheirThreadLocalMemory() throws InterruptedException {
    ConcurrentHashMap<Thread, Integer> created = new ConcurrentHashMap<>();
    ThreadLocal<Integer> memory =
        ThreadLocal.withInitial(() -> created.merge(Thread.currentThread(), 1, Integer::sum));
    for (int round = 0; round < 3; round++) {
      CountDownLatch both = new CountDownLatch(2);
      ParallelLoop.of(2)
          .forEach(
              2,
              i -> {
                memory.get();
                both.countDown();
                awaitUninterrupted(both);
              });
      Thread.sleep(20);
    }
    assertTrue(created.size() > 1, created.toString());
    created.forEach((thread, times) -> assertEquals(1, times, thread.getName()));
  }

  @Test
  void oneThreadRunsInOrderOnTheCaller() {
    List<Integer> order = new ArrayList<>();
    ParallelLoop.on(REJECTING, 1).forEach(5, order::add);
    assertArrayEquals(new Object[] {0, 1, 2, 3, 4}, order.toArray());
    assertEquals(1, ParallelLoop.serial().threads());
  }

  @Test
  void theGrainShrinksAsIterationsGrow() {
    assertEquals(16_384, ParallelLoop.grain(0));
    assertEquals(16_384, ParallelLoop.grain(1));
    assertEquals(16, ParallelLoop.grain(1_000));
    assertEquals(1, ParallelLoop.grain(Integer.MAX_VALUE));
  }
}
