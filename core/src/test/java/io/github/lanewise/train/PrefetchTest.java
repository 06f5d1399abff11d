package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PrefetchTest {

  private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger reads = new AtomicInteger();
  private final Semaphore read = new Semaphore(0);

  /** Points of the plane, whose reading is counted. */
  private Dataset points(int n) {
    return Tasks.halfPlanes(n, 1)
        .map(
            s -> {
              readers.add(Thread.currentThread());
              reads.incrementAndGet();
              read.release();
              return s;
            });
  }

  private void assertThreadsEnd() throws InterruptedException {
    assertFalse(readers.isEmpty());
    for (Thread reader : readers) {
      reader.join(10_000);
      assertFalse(reader.isAlive(), reader.getName());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void soManyBatchesWaitWhileOneMoreIsReadAndNoMore(int ahead) throws InterruptedException {
    try (Batches batches = Batches.inOrder(points(400).prefetch(ahead), 4, 2)) {
      assertTrue(read.tryAcquire(4 * (ahead + 1), 20, TimeUnit.SECONDS), "too few");
      assertFalse(read.tryAcquire(100, TimeUnit.MILLISECONDS), "too many");
      assertNotNull(batches.next());
      assertTrue(read.tryAcquire(4, 20, TimeUnit.SECONDS), "none for the one taken");
      assertFalse(read.tryAcquire(100, TimeUnit.MILLISECONDS), "too many");
    }
    assertThreadsEnd();
  }

  @Test
  void theResultIsTheSameHoweverFarAhead() {
    FitOptions options = new FitOptions().epochs(2).batchSize(3);
    assertEquals(
        fit(points(20).prefetch(1), options).get("loss"),
        fit(points(20).prefetch(9), options).get("loss"));
  }

  private static History fit(Dataset data, FitOptions options) {
    var model = Tasks.logistic();
    model.parameters().forEach(p -> p.assign(new float[p.shape().size()]));
    return CompiledModel.compile(model, new SGD(0.5), Loss.BINARY_CROSSENTROPY).fit(data, options);
  }

  @Test
  void threadsEndWhenACallbackThrows() throws InterruptedException {
    IllegalStateException failure = new IllegalStateException("stop");
    Callback failing =
        new Callback() {
          @Override
          public void onBatchEnd(CompiledModel m, int batch, int n, Map<String, Double> logs) {
            throw failure;
          }
        };
    FitOptions options = new FitOptions().batchSize(2).callbacks(failing);
    Dataset data = points(4000).prefetch(5);
    assertSame(failure, assertThrows(IllegalStateException.class, () -> fit(data, options)));
    assertThreadsEnd();
    assertTrue(reads.get() < 100, "read on after the failure: " + reads);
  }

  @Test
  void threadsEndWhenTrainingIsInterrupted() throws InterruptedException {
    Callback interrupting =
        new Callback() {
          @Override
          public void onBatchEnd(CompiledModel m, int batch, int n, Map<String, Double> logs) {
            Thread.currentThread().interrupt();
          }
        };
    FitOptions options = new FitOptions().batchSize(2).callbacks(interrupting);
    Dataset data = points(4000).prefetch(5);
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> fit(data, options));
    assertTrue(Thread.interrupted(), "the interrupt is kept");
    assertEquals("interrupted while waiting for a batch", e.getMessage());
    assertThreadsEnd();
  }

  @Test
  void aFailureOfASampleAheadComesAfterTheBatchesBeforeIt() throws InterruptedException {
    Dataset broken = new Failing(points(40), 9).shuffle(0).prefetch(9);
    Dataset inOrder = new Failing(points(40), 9).take(40).prefetch(9);
    try (Batches batches = Batches.inOrder(inOrder, 4, 2)) {
      assertNotNull(batches.next());
      assertNotNull(batches.next());
      assertEquals(
          "sample 9 is broken",
          assertThrows(IllegalStateException.class, batches::next).getMessage());
    }
    FitOptions options = new FitOptions().batchSize(4);
    assertThrows(IllegalStateException.class, () -> fit(broken, options));
    assertThreadsEnd();
  }

  @Test
  void lessThanOneBatchIsRefused() {
    Dataset data = points(2);
    assertEquals(
        "prefetch: expected at least 1, found 0",
        assertThrows(IllegalArgumentException.class, () -> data.prefetch(0)).getMessage());
  }
}
