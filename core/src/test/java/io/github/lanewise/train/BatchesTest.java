package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
@ParameterizedClass(name = "{0} threads")
@ValueSource(ints = {1, 3})
class BatchesTest {

  private final int threads;

  BatchesTest(int threads) {
    this.threads = threads;
  }

  /** A dataset of one number a sample whose read is a test's. */
  private abstract static class Reading implements Dataset {
    @Override
    public int size() {
      return 100;
    }

    @Override
    public Shape sampleShape() {
      return Shape.of(1);
    }

    @Override
    public Shape targetShape() {
      return Shape.of(1);
    }
  }

  private static List<List<Integer>> read(Batches batches) {
    List<List<Integer>> all = new ArrayList<>();
    try (batches) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        List<Integer> samples = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
          samples.add((int) batch.x().get(i, 0));
          assertEquals(10 * batch.x().get(i, 0), batch.y().get(i, 0));
        }
        all.add(samples);
      }
    }
    return all;
  }

  private static List<Integer> flat(List<List<Integer>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }

  private List<Integer> shuffled(int batchSize, long seed, int epoch) {
    return flat(read(Batches.shuffled(Numbered.upTo(50), batchSize, threads, seed, epoch)));
  }

  @Test
  void inOrderTheLastBatchMayBeSmaller() {
    Batches batches = Batches.inOrder(Numbered.upTo(7), 3, threads);
    assertEquals(3, batches.count());
    assertEquals(List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6)), read(batches));
  }

  @Test
  void shuffledEachSampleComesExactlyOnce() {
    List<Integer> order = shuffled(8, 3, 0);
    List<Integer> all = IntStream.range(0, 50).boxed().toList();
    assertNotEquals(all, order);
    assertEquals(all, order.stream().sorted().toList());
  }

  @Test
  void theOrderDependsOnTheSeedAndTheEpochAlone() {
    List<Integer> order = shuffled(8, 3, 0);
    assertEquals(order, shuffled(8, 3, 0));
    assertEquals(order, shuffled(5, 3, 0));
    assertNotEquals(order, shuffled(8, 4, 0));
    assertNotEquals(order, shuffled(8, 3, 1));
  }

  @Test
  void whatCanNotBeReadIsLeftOutOfItsBatch() {
    Numbered data = Numbered.upTo(7).unreadable(0, 4, 6);
    assertEquals(List.of(List.of(1, 2), List.of(3, 5)), read(Batches.inOrder(data, 3, threads)));
  }

  @Test
  void aBatchOfNothingIsLeftOut() {
    Numbered data = Numbered.upTo(6).unreadable(2, 3);
    assertEquals(List.of(List.of(0, 1), List.of(4, 5)), read(Batches.inOrder(data, 2, threads)));
  }

  @Test
  void noSamplesAreNoBatches() {
    try (Batches batches = Batches.inOrder(Numbered.upTo(2).unreadable(0, 1), 2, threads)) {
      assertNull(batches.next());
    }
  }

  @Test
  void whatReadingThrowsReachesTheCallerAfterTheBatchesBefore() {
    IllegalStateException failure = new IllegalStateException("sample 5 is broken");
    Dataset broken =
        new Reading() {
          @Override
          public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
            if (index == 5) {
              throw failure;
            }
            return true;
          }
        };
    try (Batches batches = Batches.inOrder(broken, 4, threads)) {
      Batch first = batches.next();
      assertTrue(first != null && first.size() == 4);
      assertSame(failure, assertThrows(IllegalStateException.class, batches::next));
    }
  }

  @Test
  void ofSeveralFailuresInABatchTheFirstInItsOrderReachesTheCaller() {
    Dataset broken =
        new Reading() {
          @Override
          public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
            if (index == 2) {
              pause(50);
            }
            if (index >= 2) {
              throw new IllegalStateException("sample " + index + " is broken");
            }
            return true;
          }
        };
    try (Batches batches = Batches.inOrder(broken, 6, threads)) {
      IllegalStateException e = assertThrows(IllegalStateException.class, batches::next);
      assertEquals("sample 2 is broken", e.getMessage());
    }
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void asManySamplesAreReadAtOnceAsThereAreThreads() {
    CyclicBarrier allAtOnce = new CyclicBarrier(threads);
    Dataset waiting =
        new Reading() {
          @Override
          public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
            try {
              allAtOnce.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IllegalStateException("not all threads read", e);
            }
            return true;
          }
        };
    try (Batches batches = Batches.inOrder(waiting, threads, threads)) {
      Batch batch = batches.next();
      assertTrue(batch != null && batch.size() == threads);
    }
  }

  @Test
  void allThreadsEndAfterAFailure() throws InterruptedException {
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    Dataset broken =
        new Reading() {
          @Override
          public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
            readers.add(Thread.currentThread());
            if (index == 99) {
              throw new IllegalStateException("broken");
            }
            pause(1);
            return true;
          }
        };
    try (Batches batches = Batches.inOrder(broken, 50, threads)) {
      assertTrue(batches.next() != null);
      assertThrows(IllegalStateException.class, batches::next);
    }
    assertEquals(threads, readers.size());
    for (Thread reader : readers) {
      assertTrue(reader.isDaemon());
      reader.join(10_000);
      assertFalse(reader.isAlive(), reader.getName());
    }
  }

  @Test
  void aBatchSizeBelowOneIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Batches.inOrder(Numbered.upTo(3), 0, threads).close());
    assertEquals("batch_size: expected at least 1, found 0", e.getMessage());
  }

  @Test
  void errorsReachTheCallerToo() {
    AssertionError failure = new AssertionError("broken");
    Dataset broken =
        new Reading() {
          @Override
          public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
            throw failure;
          }
        };
    try (Batches batches = Batches.inOrder(broken, 4, threads)) {
      assertSame(failure, assertThrows(AssertionError.class, batches::next));
    }
  }

  @Test
  void closingEndsTheThread() throws InterruptedException {
    AtomicReference<@Nullable Thread> reader = new AtomicReference<>();
    Dataset endless =
        new Reading() {
          @Override
          public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
            reader.set(Thread.currentThread());
            return true;
          }

          @Override
          public int size() {
            return 1_000_000;
          }
        };
    try (Batches batches = Batches.inOrder(endless, 1, threads)) {
      assertTrue(batches.next() != null);
    }
    Thread thread = reader.get();
    assertTrue(thread != null && thread.isDaemon());
    thread.join(10_000);
    assertFalse(thread.isAlive());
  }

  @Test
  void anInterruptOfTheCallerIsKeptAndReported() {
    Dataset slow =
        new Reading() {
          @Override
          public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
            try {
              Thread.sleep(200);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return true;
          }
        };
    try (Batches batches = Batches.inOrder(slow, 10, threads)) {
      Thread.currentThread().interrupt();
      assertThrows(IllegalStateException.class, batches::next);
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void closingDoesNotInterruptTheDataset() throws InterruptedException {
    AtomicReference<@Nullable Thread> reader = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
    Dataset slow =
        new Reading() {
          @Override
          public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
            reader.set(Thread.currentThread());
            try {
              Thread.sleep(20);
            } catch (InterruptedException e) {
              interrupted.set(true);
            }
            return true;
          }
        };
    try (Batches batches = Batches.inOrder(slow, 2, threads)) {
      assertTrue(batches.next() != null);
    }
    Thread thread = reader.get();
    assertTrue(thread != null);
    thread.join(10_000);
    assertFalse(thread.isAlive());
    assertFalse(interrupted.get(), "an interrupt closes the channel of a FeatureCache in a file");
  }
}
