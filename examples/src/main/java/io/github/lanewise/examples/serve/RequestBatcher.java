package io.github.lanewise.examples.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Answers requests that arrive together with one call: a thread of its own takes the first that
 * waits, and those that follow within a time, up to a number. No more than a limit wait. Safe for
 * use by several threads.
 *
 * @param <I> a request
 * @param <O> its answer
 */
final class RequestBatcher<I, O> implements AutoCloseable {

  private record Pending<I, O>(I request, CompletableFuture<O> answer) {}

  private final Function<List<I>, List<O>> run;
  private final int maxBatch;
  private final long maxWaitNanos;
  private final int maxQueue;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when a request has come, and when this is closed. */
  private final Condition changed = lock.newCondition();

  /** What waits for a call; guarded by the lock, as {@link #closed} is. */
  private final Queue<Pending<I, O>> queue = new ArrayDeque<>();

  private boolean closed;

  /**
   * Starts the thread.
   *
   * @param name the thread's
   * @param run answers a batch, an answer a request in their order; called by one thread only
   * @param maxBatch the most requests in a call, 1 or more
   * @param maxWaitMillis how long the first of a batch waits for others, in milliseconds
   * @param maxQueue the most requests that wait for a call, 1 or more
   * @throws IllegalArgumentException if a number is out of its range
   */
  RequestBatcher(
      String name, Function<List<I>, List<O>> run, int maxBatch, long maxWaitMillis, int maxQueue) {
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
    this.maxQueue = maxQueue;
    this.thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Queues a request.
   *
   * @return its answer to come, or what the call threw
   * @throws RejectedExecutionException if the queue is full or this is closed
   */
  CompletableFuture<O> submit(I request) {
    lock.lock();
    try {
      if (closed || queue.size() >= maxQueue) {
        throw new RejectedExecutionException(closed ? "closed" : "the queue is full");
      }
      CompletableFuture<O> answer = new CompletableFuture<>();
      queue.add(new Pending<>(request, answer));
      changed.signal();
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /** How many requests wait for a call. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    List<Pending<I, O>> batch = gather();
    while (!batch.isEmpty()) {
      answer(batch);
      batch = gather();
    }
  }

  /** The next batch; empty if this is closed and nothing waits any more. */
  private List<Pending<I, O>> gather() {
    List<Pending<I, O>> batch = new ArrayList<>();
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      awaitOthers();
      while (batch.size() < maxBatch && !queue.isEmpty()) {
        batch.add(queue.remove());
      }
    } finally {
      lock.unlock();
    }
    return batch;
  }

  private void awaitOthers() {
    long left = maxWaitNanos;
    try {
      while (left > 0 && queue.size() < maxBatch && !closed) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Nobody but a call itself interrupts this thread; the batch is then what there is.
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

  /**
   * Refuses what comes, answers what waits, and returns when the thread has ended, or earlier, with
   * the interrupt flag set, if the caller is interrupted.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
