package io.github.lanewise.examples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More requests than a server bears, and its end while there are some. */
@Timeout(60)
class OverloadTest {

  private static final int QUEUE = 6;
  private static final byte[] PICTURE = ServedSample.PICTURES.get(0);

  /** Opened to let the network start. */
  private final CountDownLatch gate = new CountDownLatch(1);

  private ServedSample sample;

  @BeforeEach
  void start() throws IOException {
    sample = new ServedSample(QUEUE, Duration.ofSeconds(20));
    sample.classifier.onBatch(
        size -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private List<CompletableFuture<HttpResponse<String>>> fill() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < QUEUE; i++) {
      responses.add(
          sample.client.sendAsync(
              sample.post("/predict", BodyPublishers.ofByteArray(PICTURE)),
              BodyHandlers.ofString()));
    }
    // This request for the metrics is in flight, too.
    while (sample.metric("lanewise_requests_in_flight") < QUEUE + 1
        || sample.metric("lanewise_body_bytes") < (double) QUEUE * PICTURE.length) {
      Thread.sleep(5);
    }
    return responses;
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("lanewise-serve") || name.startsWith("HTTP-Dispatcher"))
        .collect(Collectors.toSet());
  }

  @Test
  void whatIsMoreThanTheQueueHoldsIsToldToComeAgain() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> accepted = fill();
    Thread.sleep(50);
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> response = sample.predict(PICTURE);
      assertEquals(503, response.statusCode(), response.body());
      assertEquals("1", response.headers().firstValue("Retry-After").orElse(""));
      assertTrue(response.body().startsWith("{\"error\":\"too many pictures"), response.body());
    }
    assertEquals(200, sample.get("/healthz").statusCode());
    gate.countDown();
    for (CompletableFuture<HttpResponse<String>> response : accepted) {
      assertEquals(200, response.get().statusCode());
    }
    assertEquals(200, sample.predict(PICTURE).statusCode());
    assertEquals(20, sample.metric("lanewise_requests_total{path=\"/predict\",code=\"503\"}"));
    sample.close();
  }

  @Test
  void closingAnswersWhatIsInFlightRefusesWhatComesAndLeavesNoThread() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> accepted = fill();
    assertFalse(threads().isEmpty());
    Thread closer = new Thread(sample::close);
    closer.start();
    HttpResponse<String> late = sample.get("/healthz");
    while (late.statusCode() == 200) {
      late = sample.get("/healthz");
    }
    assertEquals(503, late.statusCode());
    assertEquals("close", late.headers().firstValue("Connection").orElse(""));
    assertTrue(late.body().contains("shutting down"), late.body());
    assertTrue(closer.isAlive(), "it waits for what is in flight");
    gate.countDown();
    for (CompletableFuture<HttpResponse<String>> response : accepted) {
      assertEquals(200, response.get().statusCode());
      assertTrue(
          response.get().body().contains(ServedSample.ALONE.get(0).name()), response.get().body());
    }
    closer.join();
    ExecutionException refused =
        assertThrows(
            ExecutionException.class,
            () ->
                sample
                    .client
                    .sendAsync(
                        sample.post("/predict", BodyPublishers.ofByteArray(PICTURE)),
                        BodyHandlers.ofString())
                    .get());
    assertTrue(refused.getCause() instanceof ConnectException, String.valueOf(refused.getCause()));
    assertEquals(Set.of(), threads());
    assertEquals(List.of(), sample.failures);
    sample.close();
  }

  @Test
  void underLoadEveryRequestIsAnsweredRightOrRefusedUntilTheServerIsClosed() throws Exception {
    gate.countDown();
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int picture = i % ServedSample.PICTURES.size();
      responses.add(
          sample.client.sendAsync(
              sample.post(
                  "/predict", BodyPublishers.ofByteArray(ServedSample.PICTURES.get(picture))),
              BodyHandlers.ofString()));
    }
    responses.get(10).get();
    sample.close();
    int answered = 0;
    for (int i = 0; i < responses.size(); i++) {
      HttpResponse<String> response;
      try {
        response = responses.get(i).get();
      } catch (ExecutionException e) {
        // It was not connected yet, or idle, when the server was closed.
        assertTrue(e.getCause() instanceof IOException, String.valueOf(e.getCause()));
        continue;
      }
      if (response.statusCode() == 200) {
        answered++;
        String label = ServedSample.ALONE.get(i % ServedSample.PICTURES.size()).name();
        assertTrue(response.body().contains(label), response.body());
      } else {
        assertEquals(503, response.statusCode(), response.body());
      }
    }
    assertTrue(answered >= 1, answered + " answered");
    assertEquals(Set.of(), threads());
    assertEquals(List.of(), sample.failures);
  }
}
