package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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
class ParallelLoopFailureTest {

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
  @ValueSource(ints = {1, 2, 3})
  void theExceptionOfATaskReachesTheCaller(int threads) {
    IllegalStateException thrown = new IllegalStateException("index 17");
    IllegalStateException caught =
        assertThrows(
            IllegalStateException.class,
            () ->
                ParallelLoop.of(threads)
                    .forEach(
                        100,
                        i -> {
                          if (i == 17) {
                            throw thrown;
                          }
                        }));
    assertSame(thrown, caught);
  }

  @Test
  void errorsAndSmuggledCheckedExceptionsReachTheCallerToo() {
    for (Throwable thrown :
        List.of(new StackOverflowError(), new InterruptedException("checked"))) {
      Throwable caught =
          assertThrows(
              Throwable.class,
              () ->
                  ParallelLoop.of(3)
                      .forEach(50, i -> ParallelLoopFailureTest.<RuntimeException>sneak(thrown)));
      assertSame(thrown, caught);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void noTaskRunsAnyMoreOnceTheExceptionHasReachedTheCaller() {
    ParallelLoop loop = ParallelLoop.of(3);
    for (int round = 0; round < 200; round++) {
      AtomicInteger running = new AtomicInteger();
      assertThrows(
          IllegalStateException.class,
          () ->
              loop.forEach(
                  64,
                  i -> {
                    running.incrementAndGet();
                    Thread.onSpinWait();
                    running.decrementAndGet();
                    if (i % 5 == 0) {
                      throw new IllegalStateException();
                    }
                  }));
      assertEquals(0, running.get());
    }
  }

  @Test
  void aLoopWorksAfterOneThatFailed() {
    ParallelLoop loop = ParallelLoop.of(2);
    assertThrows(
        ArithmeticException.class,
        () ->
            loop.forEach(
                10,
                i -> {
                  throw new ArithmeticException();
                }));
    assertRunsEachIndexOnce(loop, 100);
  }

  @Test
  void theCallerDoesAllWhereTheExecutorRejectsHelpers() {
    assertRunsEachIndexOnce(ParallelLoop.on(REJECTING, 4), 100);
  }

  @Test
  void theCallerDoesAllWhereTheExecutorNeverRunsHelpers() {
    assertRunsEachIndexOnce(ParallelLoop.on(task -> {}, 4), 100);
  }

  @Test
  void helpersThatRunAfterTheLoopDoNothing() {
    List<Runnable> late = new ArrayList<>();
    AtomicInteger runs = new AtomicInteger();
    ParallelLoop.on(late::add, 4).forEach(100, i -> runs.incrementAndGet());
    assertEquals(3, late.size(), "helpers asked for");
    late.forEach(Runnable::run);
    assertEquals(100, runs.get());
  }

  @Test
  void theInterruptFlagSurvivesAndDoesNotEndTheLoop() throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    try {
      Thread caller = Thread.currentThread();
      CountDownLatch bothRunning = new CountDownLatch(2);
      AtomicBoolean callerDone = new AtomicBoolean();
      AtomicInteger runs = new AtomicInteger();
      ParallelLoop.on(pool, 2)
          .forEach(
              2,
              i -> {
                bothRunning.countDown();
                awaitUninterrupted(bothRunning);
                if (Thread.currentThread() == caller) {
                  callerDone.set(true);
                } else {
                  spinUntilTheCallerIsParked(callerDone, caller);
                  caller.interrupt();
                  sleep();
                }
                runs.incrementAndGet();
              });
      assertTrue(Thread.interrupted(), "the flag is set");
      assertEquals(2, runs.get());
      assertFalse(caller.isInterrupted());
    } finally {
      pool.shutdownNow();
      assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
    }
  }

  private static void spinUntilTheCallerIsParked(AtomicBoolean callerDone, Thread caller) {
    while (!callerDone.get() || caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void lessThanOneThreadIsRefused() {
    for (int threads : new int[] {0, -1}) {
      assertEquals(
          "threads: expected at least 1, found " + threads,
          assertThrows(IllegalArgumentException.class, () -> ParallelLoop.of(threads))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> ParallelLoop.on(Runnable::run, threads));
    }
  }
}
