package io.github.lanewise.examples.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local HTTP server of one file, which misbehaves as it is told. */
final class FileServer implements AutoCloseable {

  /** How one request is answered. */
  enum Answer {
    PROPER,
    CUT_IN_THE_MIDDLE,
    SILENT_IN_THE_MIDDLE,
    IGNORING_RANGE,
    WRONG_RANGE,
    NOT_FOUND,
    UNAVAILABLE
  }

  final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final byte[] content;

  /** Answers in this order, then properly. */
  FileServer(byte[] content, Answer... answers) throws IOException {
    this.content = content;
    this.answers.addAll(Arrays.asList(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    String host = server.getAddress().getAddress().getHostAddress();
    return URI.create("http://" + host + ":" + server.getAddress().getPort() + "/file");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "" : range);
    Answer next = answers.poll();
    Answer answer = next == null ? Answer.PROPER : next;
    int from =
        range == null || answer == Answer.IGNORING_RANGE
            ? 0
            : Integer.parseInt(range.replaceAll("\\D", ""));
    try (exchange) {
      switch (answer) {
        case NOT_FOUND -> exchange.sendResponseHeaders(404, -1);
        case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
        default -> send(exchange, from, range != null && answer != Answer.IGNORING_RANGE, answer);
      }
    }
  }

  private void send(HttpExchange exchange, int from, boolean partial, Answer answer)
      throws IOException {
    if (partial && from >= content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (partial) {
      int told = answer == Answer.WRONG_RANGE ? from + 1 : from;
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + told + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(partial ? 206 : 200, content.length - from);
    int n = content.length - from;
    boolean half = answer == Answer.CUT_IN_THE_MIDDLE || answer == Answer.SILENT_IN_THE_MIDDLE;
    exchange.getResponseBody().write(content, from, half ? n / 2 : n);
    exchange.getResponseBody().flush();
    if (answer == Answer.SILENT_IN_THE_MIDDLE) {
      awaitClose();
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
