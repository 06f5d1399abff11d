package io.github.lanewise.examples.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that arrive together with one call: a thread of its own takes the first that
 * waits, and those that follow within a time, up to a number. No more than a limit wait.
 *
 * @param <I> a request
 * @param <O> its answer
 */
public final class RequestBatcher<I, O> implements AutoCloseable {

  private record Pending<I, O>(I request, CompletableFuture<O> answer) {}

  private final Function<List<I>, List<O>> run;
  private final int maxBatch;
  private final long maxWaitNanos;
  private final BlockingQueue<Pending<I, O>> queue;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param run answers a batch, an answer a request in their order; called by one thread only
   * @param maxBatch the most requests in a call, 1 or more
   * @param maxWaitMillis how long the first of a batch waits for others, in milliseconds
   * @param maxQueue the most requests that wait for a call, 1 or more
   * @throws IllegalArgumentException if a number is out of its range
   */
  public RequestBatcher(
      Function<List<I>, List<O>> run, int maxBatch, long maxWaitMillis, int maxQueue) {
    if (maxBatch < 1 || maxQueue < 1 || maxWaitMillis < 0) {
      throw new IllegalArgumentException(
          "expected maxBatch >= 1, maxWaitMillis >= 0 and maxQueue >= 1, found "
              + maxBatch
              + ", "
              + maxWaitMillis
              + " and "
              + maxQueue);
    }
    this.run = run;
    this.maxBatch = maxBatch;
    this.maxWaitNanos = TimeUnit.MILLISECONDS.toNanos(maxWaitMillis);
    this.queue = new ArrayBlockingQueue<>(maxQueue);
    this.thread = new Thread(this::work, "lanewise-batcher");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Queues a request.
   *
   * @return its answer to come, or what the call threw
   * @throws RejectedExecutionException if the queue is full or this is closed
   */
  public synchronized CompletableFuture<O> submit(I request) {
    CompletableFuture<O> answer = new CompletableFuture<>();
    if (closed || !queue.offer(new Pending<>(request, answer))) {
      throw new RejectedExecutionException(closed ? "closed" : "the queue is full");
    }
    return answer;
  }

  /** How many requests wait. */
  public int waiting() {
    return queue.size();
  }

  private void work() {
    while (!closed) {
      List<Pending<I, O>> batch = new ArrayList<>();
      try {
        gather(batch);
      } catch (InterruptedException e) {
        refuse(batch);
        break;
      }
      answer(batch);
    }
    List<Pending<I, O>> rest = new ArrayList<>();
    queue.drainTo(rest);
    refuse(rest);
  }

  private void refuse(List<Pending<I, O>> batch) {
    for (Pending<I, O> each : batch) {
      each.answer().completeExceptionally(new RejectedExecutionException("closed"));
    }
  }

  private void gather(List<Pending<I, O>> batch) throws InterruptedException {
    batch.add(queue.take());
    long end = System.nanoTime() + maxWaitNanos;
    while (batch.size() < maxBatch) {
      @Nullable Pending<I, O> next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
    }
  }

  private void answer(List<Pending<I, O>> batch) {
    try {
      List<O> answers = run.apply(batch.stream().map(Pending::request).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException(
            "expected " + batch.size() + " answers, found " + answers.size());
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(each -> each.answer().completeExceptionally(e));
    }
  }

  /** Refuses what comes and what waits, and ends the thread; a call that runs is interrupted. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    thread.interrupt();
  }
}
