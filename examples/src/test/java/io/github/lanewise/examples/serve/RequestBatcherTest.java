package io.github.lanewise.examples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RequestBatcherTest {

  private static final long LONG = 10_000;

  private final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  private List<Integer> squares(List<Integer> batch) {
    sizes.add(batch.size());
    entered.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return batch.stream().map(each -> each * each).toList();
  }

  private RequestBatcher<Integer, Integer> batcher(int maxBatch, long maxWait, int maxQueue) {
    return new RequestBatcher<>("batcher-test", this::squares, maxBatch, maxWait, maxQueue);
  }

  @Test
  void eachRequestGetsItsOwnAnswerAndThoseThatWaitShareCalls() throws Exception {
    try (RequestBatcher<Integer, Integer> batcher = batcher(4, 0, 64)) {
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      answers.add(batcher.submit(0));
      entered.await();
      for (int i = 1; i <= 9; i++) {
        answers.add(batcher.submit(i));
      }
      assertEquals(9, batcher.waiting());
      gate.countDown();
      for (int i = 0; i <= 9; i++) {
        assertEquals(i * i, answers.get(i).join());
      }
      assertEquals(List.of(1, 4, 4, 1), sizes);
    }
  }

  @Test
  void theFirstWaitsForThoseThatFollowUntilTheBatchIsFull() {
    gate.countDown();
    try (RequestBatcher<Integer, Integer> batcher = batcher(3, LONG, 64)) {
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        answers.add(batcher.submit(i));
      }
      answers.forEach(CompletableFuture::join);
      assertEquals(List.of(3), sizes);
    }
  }

  @Test
  void oneAloneIsAnsweredWhenItsWaitIsOver() {
    gate.countDown();
    try (RequestBatcher<Integer, Integer> batcher = batcher(3, 5, 64)) {
      assertEquals(49, batcher.submit(7).join());
      assertEquals(List.of(1), sizes);
    }
  }

  @Test
  void aFullQueueRefuses() throws Exception {
    try (RequestBatcher<Integer, Integer> batcher = batcher(1, 0, 1)) {
      CompletableFuture<Integer> first = batcher.submit(1);
      entered.await();
      CompletableFuture<Integer> second = batcher.submit(2);
      assertThrows(RejectedExecutionException.class, () -> batcher.submit(3));
      gate.countDown();
      assertEquals(1, first.join());
      assertEquals(4, second.join());
    }
  }

  @Test
  void closingRefusesWhatComesAndAnswersWhatWaits() throws Exception {
    RequestBatcher<Integer, Integer> batcher = batcher(2, LONG, 8);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(batcher.submit(i));
    }
    entered.await();
    Thread closer = new Thread(batcher::close);
    closer.start();
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThrows(RejectedExecutionException.class, () -> batcher.submit(9));
    assertFalse(answers.get(4).isDone());
    gate.countDown();
    closer.join();
    assertEquals(16, answers.get(4).getNow(-1));
    assertEquals(List.of(2, 2, 1), sizes);
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("batcher-test")));
  }

  @Test
  void whatACallThrowsReachesItsRequestsAndTheNextIsServed() {
    gate.countDown();
    try (RequestBatcher<Integer, Integer> batcher =
        new RequestBatcher<>(
            "batcher-test", batch -> batch.contains(0) ? List.of() : squares(batch), 1, 0, 8)) {
      CompletableFuture<Integer> bad = batcher.submit(0);
      CompletableFuture<Integer> good = batcher.submit(3);
      assertThrows(CompletionException.class, bad::join);
      assertEquals(9, good.join());
    }
  }
}
