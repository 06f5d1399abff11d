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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchesTest {

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

  private static List<Integer> shuffled(int batchSize, long seed, int epoch) {
    return flat(read(Batches.shuffled(Numbered.upTo(50), batchSize, seed, epoch)));
  }

  @Test
  void inOrderTheLastBatchMayBeSmaller() {
    Batches batches = Batches.inOrder(Numbered.upTo(7), 3);
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
    assertEquals(List.of(List.of(1, 2), List.of(3, 5)), read(Batches.inOrder(data, 3)));
  }

  @Test
  void aBatchOfNothingIsLeftOut() {
    Numbered data = Numbered.upTo(6).unreadable(2, 3);
    assertEquals(List.of(List.of(0, 1), List.of(4, 5)), read(Batches.inOrder(data, 2)));
  }

  @Test
  void noSamplesAreNoBatches() {
    try (Batches batches = Batches.inOrder(Numbered.upTo(2).unreadable(0, 1), 2)) {
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
    try (Batches batches = Batches.inOrder(broken, 4)) {
      Batch first = batches.next();
      assertTrue(first != null && first.size() == 4);
      assertSame(failure, assertThrows(IllegalStateException.class, batches::next));
    }
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
    try (Batches batches = Batches.inOrder(broken, 4)) {
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
    try (Batches batches = Batches.inOrder(endless, 1)) {
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
    try (Batches batches = Batches.inOrder(slow, 10)) {
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
    try (Batches batches = Batches.inOrder(slow, 2)) {
      assertTrue(batches.next() != null);
    }
    Thread thread = reader.get();
    assertTrue(thread != null);
    thread.join(10_000);
    assertFalse(thread.isAlive());
    assertFalse(interrupted.get(), "an interrupt closes the channel of a FeatureCache in a file");
  }
}
