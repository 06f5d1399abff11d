package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParallelRegionTest {

  private static void assertRunsEachIndexOnce(ParallelLoop loop, int count) {
    AtomicIntegerArray runs = new AtomicIntegerArray(Math.max(1, count));
    loop.forEach(count, runs::incrementAndGet);
    for (int i = 0; i < count; i++) {
      assertEquals(1, runs.get(i), "runs of index " + i + " of " + count);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyIndexIsRunOnceInEachOfManyLoopsOfManyRegions(int threads) {
    ParallelLoop loop = ParallelLoop.of(threads).forOneCaller();
    for (int round = 0; round < 50; round++) {
      loop.region(
          () -> {
            for (int i = 0; i < 200; i++) {
              assertRunsEachIndexOnce(loop, i % 11);
            }
          });
    }
  }

  @Test
  void whatTasksWroteIsSeenByTheCallerAndByTheNextLoop() {
    ParallelLoop loop = ParallelLoop.of(3).forOneCaller();
    int[] values = new int[100];
    loop.region(
        () -> {
          for (int round = 0; round < 1_000; round++) {
            loop.forEach(100, i -> values[i]++);
            loop.forEach(100, i -> values[99 - i]++);
          }
        });
    for (int value : values) {
      assertEquals(2_000, value);
    }
  }

  @Test
  void helpersWakeAfterALongPauseAndLeaveWithTheRegion() throws InterruptedException {
    ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(3);
    try {
      ParallelLoop loop = ParallelLoop.on(pool, 3).forOneCaller();
      ConcurrentHashMap<Thread, Boolean> threads = new ConcurrentHashMap<>();
      loop.region(
          () -> {
            for (int round = 0; round < 3; round++) {
              threads.clear();
              CountDownLatch both = new CountDownLatch(3);
              loop.forEach(
                  3,
                  i -> {
                    threads.put(Thread.currentThread(), true);
                    both.countDown();
                    await(both);
                  });
              assertEquals(3, threads.size());
              sleep(50);
            }
          });
      while (pool.getActiveCount() > 0) {
        sleep(1);
      }
    } finally {
      pool.shutdownNow();
      assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void sleep(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void loopsOutsideARegionAndNestedOnesWorkToo() {
    ParallelLoop loop = ParallelLoop.of(3).forOneCaller();
    AtomicInteger runs = new AtomicInteger();
    loop.forEach(6, i -> loop.forEach(6, j -> runs.incrementAndGet()));
    loop.region(
        () ->
            loop.region(() -> loop.forEach(6, i -> loop.forEach(6, j -> runs.incrementAndGet()))));
    assertEquals(72, runs.get());
  }

  @Test
  void theExceptionOfATaskReachesTheCallerAndTheNextLoopWorks() {
    ParallelLoop loop = ParallelLoop.of(3).forOneCaller();
    IllegalStateException thrown = new IllegalStateException("task 7");
    for (int round = 0; round < 20; round++) {
      loop.region(
          () -> {
            Runnable failing =
                () ->
                    loop.forEach(
                        20,
                        i -> {
                          if (i == 7) {
                            throw thrown;
                          }
                        });
            assertSame(thrown, assertThrows(IllegalStateException.class, failing::run));
            assertRunsEachIndexOnce(loop, 20);
          });
    }
  }

  @Test
  void anExceptionOfTheBodyEndsTheRegion() {
    ParallelLoop loop = ParallelLoop.of(2).forOneCaller();
    Runnable failing =
        () -> {
          throw new IllegalStateException("body");
        };
    assertThrows(IllegalStateException.class, () -> loop.region(failing));
    loop.region(() -> assertRunsEachIndexOnce(loop, 20));
  }

  @Test
  void aSecondCallerIsRefused() throws InterruptedException {
    ParallelLoop loop = ParallelLoop.of(2).forOneCaller();
    List<Throwable> thrown = new ArrayList<>();
    loop.region(
        () -> {
          Thread second =
              new Thread(
                  () ->
                      thrown.add(
                          assertThrows(IllegalStateException.class, () -> loop.region(() -> {}))));
          second.start();
          try {
            second.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    assertEquals(
        "ParallelLoop: expected one caller at a time, found another", thrown.get(0).getMessage());
  }

  @Test
  void theCallerDoesAllWhereHelpersAreRejectedNeverRunOrRunInline() {
    ParallelLoop rejecting =
        ParallelLoop.on(
                task -> {
                  throw new RejectedExecutionException("closed");
                },
                4)
            .forOneCaller();
    ParallelLoop forgetting = ParallelLoop.on(task -> {}, 4).forOneCaller();
    ParallelLoop inline = ParallelLoop.on(Runnable::run, 4).forOneCaller();
    for (ParallelLoop loop : List.of(rejecting, forgetting, inline)) {
      loop.region(() -> assertRunsEachIndexOnce(loop, 100));
    }
  }

  @Test
  void helpersThatComeAfterTheRegionGoAgain() {
    List<Runnable> late = new ArrayList<>();
    ParallelLoop loop = ParallelLoop.on(late::add, 4).forOneCaller();
    loop.region(() -> assertRunsEachIndexOnce(loop, 100));
    assertEquals(3, late.size());
    late.forEach(Runnable::run);
  }
}
