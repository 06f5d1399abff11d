package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a dataset in batches, read ahead by a thread of its own, at most {@value #AHEAD}
 * batches ahead. Unreadable samples are left out, so that batches may be smaller, but none is
 * empty. Must be closed; closing ends the thread after the sample under way, without interrupting
 * it: an interrupt would close the channel of a {@link FeatureCache} in a file.
 */
final class Batches implements AutoCloseable {

  private static final int AHEAD = 2;

  /** What the thread hands over: a batch, the end (neither), or what went wrong. */
  private record Item(@Nullable Batch batch, @Nullable Throwable failure) {}

  private final Dataset dataset;
  private final int[] order;
  private final int batchSize;
  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Thread reader;
  private volatile boolean closed;

  private Batches(Dataset dataset, int[] order, int batchSize) {
    this.dataset = dataset;
    this.order = order;
    this.batchSize = batchSize;
    this.reader = new Thread(this::read, "lanewise-batches");
    reader.setDaemon(true);
  }

  /** In the dataset's order. */
  static Batches inOrder(Dataset dataset, int batchSize) {
    return start(new Batches(dataset, identity(dataset.size()), batchSize));
  }

  /** In an order that depends on the seed and the epoch alone (Fisher and Yates). */
  static Batches shuffled(Dataset dataset, int batchSize, long seed, int epoch) {
    int[] order = identity(dataset.size());
    SplittableRandom random = new SplittableRandom(seed + 0x9e3779b97f4a7c15L * (epoch + 1));
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return start(new Batches(dataset, order, batchSize));
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

  /** The number of batches, if all samples can be read. */
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
    return item.batch();
  }

  private void read() {
    try {
      Item last = new Item(null, null);
      try {
        for (int from = 0; from < order.length && !closed; from += batchSize) {
          Batch batch = readBatch(from, Math.min(order.length, from + batchSize));
          if (batch != null && !closed) {
            queue.put(new Item(batch, null));
          }
        }
      } catch (RuntimeException | Error e) {
        last = new Item(null, e);
      }
      if (!closed) {
        queue.put(last);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Batch readBatch(int from, int to) {
    Shape xs = dataset.sampleShape().prepend(to - from);
    Shape ys = dataset.targetShape().prepend(to - from);
    Tensor x = Tensor.zeros(xs);
    Tensor y = Tensor.zeros(ys);
    int n = 0;
    for (int i = from; i < to && !closed; i++) {
      if (dataset.read(order[i], x.data(), n * xs.sizeOfRow(), y.data(), n * ys.sizeOfRow())) {
        n++;
      }
    }
    return n == 0 ? null : new Batch(x.rows(0, n), y.rows(0, n));
  }

  @Override
  public void close() {
    closed = true;
    queue.clear();
  }
}
