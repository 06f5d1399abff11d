package io.github.lanewise.examples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class RequestBatcherTest {

  private final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  private List<Integer> squares(List<Integer> batch) {
    sizes.add(batch.size());
    entered.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return batch.stream().map(each -> each * each).toList();
  }

  @Test
  void each_request_gets_its_own_answer_and_those_that_wait_share_calls() throws Exception {
    try (RequestBatcher<Integer, Integer> batcher = new RequestBatcher<>(this::squares, 4, 0, 64)) {
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      answers.add(batcher.submit(0));
      entered.await();
      for (int i = 1; i <= 8; i++) {
        answers.add(batcher.submit(i));
      }
      gate.countDown();
      for (int i = 0; i <= 8; i++) {
        assertEquals(i * i, answers.get(i).join());
      }
      assertEquals(1, sizes.get(0));
      sizes.forEach(size -> assertEquals(true, size <= 4));
    }
  }

  @Test
  void a_full_queue_refuses() throws Exception {
    try (RequestBatcher<Integer, Integer> batcher = new RequestBatcher<>(this::squares, 1, 0, 1)) {
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
  void closing_refuses_what_waits_and_what_comes() throws Exception {
    RequestBatcher<Integer, Integer> batcher = new RequestBatcher<>(this::squares, 1, 0, 1);
    CompletableFuture<Integer> first = batcher.submit(1);
    entered.await();
    CompletableFuture<Integer> second = batcher.submit(2);
    batcher.close();
    assertEquals(1, first.join());
    assertThrows(CompletionException.class, second::join);
    assertThrows(RejectedExecutionException.class, () -> batcher.submit(3));
  }

  @Test
  void what_a_call_throws_reaches_its_requests_and_the_next_is_served() {
    gate.countDown();
    try (RequestBatcher<Integer, Integer> batcher =
        new RequestBatcher<>(batch -> batch.contains(0) ? List.of() : squares(batch), 1, 0, 8)) {
      CompletableFuture<Integer> bad = batcher.submit(0);
      CompletableFuture<Integer> good = batcher.submit(3);
      assertThrows(CompletionException.class, bad::join);
      assertEquals(9, good.join());
    }
  }
}
