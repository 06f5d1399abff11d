package io.github.lanewise.examples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are slow, lie, or go away harm nobody but themselves. */
@Timeout(60)
class BadClientsTest {

  private static final byte[] PICTURE = ServedSample.PICTURES.get(0);
  private static final int MANY = 40;

  private ServedSample sample;

  @BeforeEach
  void start() throws IOException {
    sample = new ServedSample(16, Duration.ofSeconds(1));
  }

  /** Whatever happened before: good clients are served, nothing is held, and nothing was logged. */
  @AfterEach
  void goodClientsAreServedAndNothingIsLeft() throws Exception {
    try {
      HttpResponse<String> response = sample.predict(PICTURE);
      assertEquals(200, response.statusCode(), response.body());
      ServedSample.await(() -> sample.metric("lanewise_requests_in_flight") == 1);
      assertEquals(0, sample.metric("lanewise_body_bytes"));
      assertEquals(0, sample.metric("lanewise_queue_length"));
      assertEquals(List.of(), sample.failures);
    } finally {
      sample.close();
    }
  }

  @Test
  void aClientThatHangsUpInTheMiddleOfABodyIsForgotten() throws Exception {
    for (int i = 0; i < MANY; i++) {
      try (RawClient client = new RawClient(sample.server.uri())) {
        client.announce("", PICTURE.length).send(Arrays.copyOf(PICTURE, 1 + 30 * i));
        if (i % 2 == 0) {
          client.hangUp();
        }
      }
    }
    ServedSample.await(() -> answered(400) == MANY);
  }

  private double answered(int code) throws Exception {
    return sample.metric("lanewise_requests_total{path=\"/predict\",code=\"" + code + "\"}");
  }

  @Test
  void aClientThatHangsUpBeforeItsAnswerIsForgotten() throws Exception {
    for (int i = 0; i < 8; i++) {
      RawClient client = new RawClient(sample.server.uri());
      client.announce("?explain=true", PICTURE.length).send(PICTURE);
      client.hangUp();
    }
    ServedSample.await(() -> answered(200) + answered(400) == 8);
  }

  @Test
  void aClientThatSendsHalfAndEndsIsToldSo() throws Exception {
    try (RawClient client = new RawClient(sample.server.uri())) {
      client.announce("", PICTURE.length).send(Arrays.copyOf(PICTURE, PICTURE.length / 2));
      client.socket.shutdownOutput();
      String answer = client.rest();
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("{\"error\":\"the body did not arrive whole"), answer);
    }
  }

  @Test
  void slowClientsTimeOutWhileOthersAreServed() throws Exception {
    List<RawClient> slow = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      slow.add(new RawClient(sample.server.uri()).announce("", PICTURE.length));
      slow.get(i).send(Arrays.copyOf(PICTURE, 100));
    }
    ServedSample.await(() -> sample.metric("lanewise_requests_in_flight") == MANY + 1);
    assertEquals(200, sample.predict(PICTURE).statusCode());
    // The request just answered may still be counted for a moment; the slow ones are still at it.
    ServedSample.await(() -> sample.metric("lanewise_requests_in_flight") == MANY + 1);
    for (RawClient client : slow) {
      try (client) {
        String answer = client.rest();
        assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        assertTrue(
            answer.endsWith("{\"error\":\"the body did not arrive within 1000 ms\"}"), answer);
      }
    }
    ServedSample.await(() -> answered(408) >= MANY);
    assertEquals(MANY, answered(408));
  }

  @Test
  void aBodyThatComesByteByByteHasNoMoreTimeThanOthers() throws Exception {
    try (RawClient client = new RawClient(sample.server.uri())) {
      client.announce("", PICTURE.length);
      long start = System.nanoTime();
      IOException gone = null;
      for (int i = 0;
          i < 100 && gone == null && client.socket.getInputStream().available() == 0;
          i++) {
        try {
          client.send(new byte[] {PICTURE[i]});
          Thread.sleep(50);
        } catch (IOException e) {
          gone = e;
        }
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis < 4_000, millis + " ms");
    }
    ServedSample.await(() -> answered(408) >= 1);
    assertEquals(1, answered(408));
  }

  @Test
  void clientsThatDoNotTakeTheirAnswersLoseThem() throws Exception {
    byte[] large = new byte[ServedSample.MAX_BODY - 1];
    List<RawClient> slow = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RawClient client = new RawClient(sample.server.uri());
      slow.add(client);
      // Pipelined requests: more answers than the buffers of both sides hold.
      Thread sender =
          new Thread(
              () -> {
                try {
                  byte[] get =
                      "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
                          .repeat(100)
                          .getBytes(StandardCharsets.UTF_8);
                  for (int n = 0; n < 20; n++) {
                    client.send(get);
                  }
                } catch (IOException e) {
                  // The server has lost its patience.
                }
              });
      sender.setDaemon(true);
      sender.start();
    }
    assertEquals(415, sample.predict(large).statusCode());
    ServedSample.await(() -> sample.metric("lanewise_answers_not_sent_total") == slow.size());
    for (RawClient client : slow) {
      client.close();
    }
  }

  @Test
  void aHugeBodyIsRefusedBeforeItIsSent() throws Exception {
    try (RawClient client = new RawClient(sample.server.uri())) {
      client.announce("", Long.MAX_VALUE);
      assertEquals("HTTP/1.1 413 Request Entity Too Large", client.status());
    }
  }

  @Test
  void chunksWithoutEndAreRefusedWhenTheyAreTooMany() throws Exception {
    try (RawClient client = new RawClient(sample.server.uri())) {
      client.send("POST /predict HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i <= ServedSample.MAX_BODY / 10_000; i++) {
        client.send("2710\r\n").send(new byte[10_000]).send("\r\n");
      }
      assertEquals("HTTP/1.1 413 Request Entity Too Large", client.status());
    }
  }

  @Test
  void chunksThatAreNoneAreRefused() throws Exception {
    try (RawClient client = new RawClient(sample.server.uri())) {
      client.send(
          "POST /predict HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n");
      assertEquals("HTTP/1.1 400 Bad Request", client.status());
    }
  }

  @Test
  void whatIsNoHttpIsForgotten() throws Exception {
    byte[] noise = new byte[500];
    new java.util.Random(1).nextBytes(noise);
    for (int i = 0; i < MANY; i++) {
      try (RawClient client = new RawClient(sample.server.uri())) {
        client.send(noise).send("\r\n\r\n");
      } catch (IOException e) {
        // The server has closed the connection already.
      }
    }
    assertEquals(200, sample.get("/healthz").statusCode());
  }
}
