package io.github.lanewise.train;

import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a dataset in batches, read ahead by threads of its own, {@link
 * Dataset#batchesAhead} at most and one more under way. Unreadable samples are left out, so that
 * batches may be smaller, but none is empty. Must be closed; closing ends the threads after the
 * samples under way, without interrupting them: an interrupt would close the channel of a {@link
 * FeatureCache} in a file.
 */
final class Batches implements AutoCloseable {

  /** What the thread hands over: a batch, the end (neither), or what went wrong. */
  private record Item(@Nullable Batch batch, @Nullable Throwable failure, int end) {}

  private final BatchReader samples;
  private final int[] order;
  private final int batchSize;
  private final int start;
  private final BlockingQueue<Item> queue;
  private final Thread reader;
  private volatile boolean closed;
  private int position;

  private Batches(Dataset dataset, int[] order, int batchSize, int threads, int start) {
    requireBatchSize(batchSize);
    this.samples = new BatchReader(dataset, dataset.sequential() ? 1 : threads);
    this.queue = new ArrayBlockingQueue<>(dataset.batchesAhead());
    this.order = order;
    this.batchSize = batchSize;
    this.start = start;
    this.position = start;
    this.reader = new Thread(this::read, "lanewise-batches");
    reader.setDaemon(true);
  }

  /**
   * Checks a batch size.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  static void requireBatchSize(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch_size: expected at least 1, found " + batchSize);
    }
  }

  /**
   * In the dataset's order.
   *
   * @param threads how many samples to read at once
   */
  static Batches inOrder(Dataset dataset, int batchSize, int threads) {
    return inOrder(dataset, batchSize, threads, 0);
  }

  /** The same without the batches before a {@link #position}. */
  static Batches inOrder(Dataset dataset, int batchSize, int threads, int from) {
    return start(new Batches(dataset, identity(dataset.size()), batchSize, threads, from));
  }

  /**
   * In an order that depends on the seed and the epoch alone (Fisher and Yates).
   *
   * @param threads how many samples to read at once
   */
  static Batches shuffled(Dataset dataset, int batchSize, int threads, long seed, int epoch) {
    return shuffled(dataset, batchSize, threads, seed, epoch, 0);
  }

  /** The same without the batches before a {@link #position}. */
  static Batches shuffled(
      Dataset dataset, int batchSize, int threads, long seed, int epoch, int from) {
    int[] order = shuffledOrder(dataset.size(), seed, epoch);
    return start(new Batches(dataset, order, batchSize, threads, from));
  }

  /** The numbers below n in an order that depends on the seed and the epoch alone. */
  static int[] shuffledOrder(int n, long seed, int epoch) {
    int[] order = identity(n);
    SplittableRandom random = new SplittableRandom(seed + 0x9e3779b97f4a7c15L * (epoch + 1));
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  private static Batches start(Batches batches) {
    batches.reader.start();
    return batches;
  }

  private static int[] identity(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    return order;
  }

  /**
   * How many of the samples in their order were in the batches so far, unreadable ones included.
   */
  int position() {
    return position;
  }

  /** The number of batches, if all samples can be read, those left out included. */
  int count() {
    return (order.length + batchSize - 1) / batchSize;
  }

  /**
   * The next batch, null after the last. What reading threw is thrown here.
   *
   * @throws IllegalStateException if the calling thread is interrupted
   */
  @Nullable Batch next() {
    Item item;
    try {
      item = queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", e);
    }
    if (item.failure() instanceof RuntimeException e) {
      throw e;
    }
    if (item.failure() instanceof Error e) {
      throw e;
    }
    position = item.end();
    return item.batch();
  }

  private void read() {
    try (samples) {
      Item last = new Item(null, null, order.length);
      try {
        for (int from = start; from < order.length && !closed; from += batchSize) {
          int end = Math.min(order.length, from + batchSize);
          Batch batch = samples.read(order, from, end);
          if (batch != null && !closed) {
            queue.put(new Item(batch, null, end));
          }
        }
      } catch (RuntimeException | Error e) {
        last = new Item(null, e, start);
      }
      if (!closed) {
        queue.put(last);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    samples.stop();
    queue.clear();
  }
}
