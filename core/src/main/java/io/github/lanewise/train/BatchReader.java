package io.github.lanewise.train;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples of a batch, several at once. Each has its place, so that the batch is the same
 * for any number of threads, and so is the failure that is thrown: that of the first sample in the
 * order of the batch. Must be closed, by the thread that reads.
 */
final class BatchReader implements AutoCloseable {

  private final Dataset dataset;
  private final @Nullable ExecutorService helpers;
  private final ParallelLoop loop;
  private volatile boolean stopped;

  /**
   * A reader.
   *
   * @param threads how many samples to read at once; the calling thread is one of them
   */
  BatchReader(Dataset dataset, int threads) {
    this.dataset = dataset;
    this.helpers = threads == 1 ? null : Executors.newFixedThreadPool(threads - 1, this::helper);
    this.loop = helpers == null ? ParallelLoop.serial() : ParallelLoop.on(helpers, threads);
  }

  private Thread helper(Runnable task) {
    Thread thread = new Thread(task, "lanewise-reader");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Samples by their numbers {@code order[from]} to {@code order[to - 1]}; null if none is left.
   */
  @Nullable Batch read(int[] order, int from, int to) {
    int n = to - from;
    Shape xs = dataset.sampleShape().prepend(n);
    Shape ys = dataset.targetShape().prepend(n);
    Tensor x = Tensor.zeros(xs);
    Tensor y = Tensor.zeros(ys);
    int xSize = xs.sizeOfRow();
    int ySize = ys.sizeOfRow();
    boolean[] readable = new boolean[n];
    @Nullable Throwable[] failures = new Throwable[n];
    loop.forEach(
        n,
        i -> {
          try {
            readable[i] =
                !stopped && dataset.read(order[from + i], x.data(), i * xSize, y.data(), i * ySize);
          } catch (RuntimeException | Error e) {
            failures[i] = e;
          }
        });
    throwFirst(failures);
    Tensor weights = Tensor.zeros(n);
    boolean weighted = false;
    int kept = 0;
    for (int i = 0; i < n; i++) {
      if (readable[i]) {
        System.arraycopy(x.data(), i * xSize, x.data(), kept * xSize, xSize);
        System.arraycopy(y.data(), i * ySize, y.data(), kept * ySize, ySize);
        float weight = dataset.weight(order[from + i]);
        weights.data()[kept] = weight;
        weighted |= weight != 1;
        kept++;
      }
    }
    return kept == 0
        ? null
        : new Batch(x.rows(0, kept), y.rows(0, kept), weighted ? weights.rows(0, kept) : null);
  }

  private static void throwFirst(@Nullable Throwable[] failures) {
    for (Throwable failure : failures) {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
    }
  }

  /** Makes a {@link #read} under way end after the samples that are being read. */
  void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    if (helpers != null) {
      helpers.shutdown();
    }
  }
}
