package io.github.lanewise.examples.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Classifies pictures over HTTP: {@code GET /} is a page to drop a picture on, {@code POST
 * /predict} takes a picture file and gives JSON, {@code /healthz} says whether it works, {@code
 * /metrics} what it did. Errors are JSON objects with a message in {@code error}.
 */
public final class PredictionServer implements AutoCloseable {

  private static final String OTHER = "other";

  /** The page holds all that it needs. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; connect-src 'self'; img-src data: blob:; style-src 'unsafe-inline';"
          + " script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  /** How long what is in flight may take when the server is closed. */
  private static final int GRACE_SECONDS = 8;

  /** The rest of a refused body is read up to here, so that the client gets to see the refusal. */
  private static final int LINGER_BYTES = 1 << 26;

  private static final long LINGER_MILLIS = 2_000;

  /** Connections that may wait to be accepted. */
  private static final int BACKLOG = 128;

  private static final int MANY = Integer.MAX_VALUE;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Deadlines deadlines;
  private final Classifier classifier;
  private final PredictHandler predict;
  private final Metrics metrics = new Metrics();
  private final Consumer<Throwable> failures;
  private final long timeoutMillis;

  private record Route(List<String> methods, Answering answer) {}

  private interface Answering {
    Reply to(HttpExchange exchange) throws HttpFailure;
  }

  private final Map<String, Route> routes = new LinkedHashMap<>();

  /** Requests in flight hold one permit each. */
  private final Semaphore inFlight = new Semaphore(MANY);

  private volatile boolean closing;

  private PredictionServer(
      HttpServer server,
      Classifier classifier,
      ServerOptions options,
      Consumer<Throwable> failures,
      Reply page) {
    this.server = server;
    this.classifier = classifier;
    this.failures = failures;
    timeoutMillis = options.timeout().toMillis();
    threads = ConnectionThreads.open();
    deadlines = new Deadlines(threads);
    predict = new PredictHandler(classifier, deadlines, options);
    classifier.onBatch(metrics::batch);
    List<String> get = List.of("GET", "HEAD");
    routes.put("/", new Route(get, exchange -> page));
    routes.put("/healthz", new Route(get, exchange -> Reply.json(Map.of("status", "ok"))));
    routes.put("/metrics", new Route(get, exchange -> metrics()));
    routes.put(PredictHandler.PATH, new Route(List.of("POST"), predict::reply));
  }

  /**
   * Starts a server.
   *
   * @param classifier closed together with the server
   * @param failures told of what went wrong in the server itself
   * @throws IOException if it can not listen there
   */
  public static PredictionServer start(
      ServerOptions options, Classifier classifier, Consumer<Throwable> failures)
      throws IOException {
    HttpServer http;
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getByName(options.host()), options.port());
      http = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new IOException(
          options.host() + ":" + options.port() + ": can not listen there: " + e.getMessage(), e);
    }
    PredictionServer server = new PredictionServer(http, classifier, options, failures, page());
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  private static Reply page() throws IOException {
    try (InputStream in = PredictionServer.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IllegalStateException("page.html is missing");
      }
      return Reply.of(
              "text/html; charset=utf-8", new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .with("Content-Security-Policy", CONTENT_POLICY);
    }
  }

  /** Where the page is. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    try {
      return new URI(
          "http", null, address.getAddress().getHostAddress(), address.getPort(), "/", null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) {
    if (closing || !inFlight.tryAcquire()) {
      Reply refusal = Reply.failure(HttpFailure.UNAVAILABLE, "shutting down");
      send(refusal.with("Connection", "close"), exchange);
      return;
    }
    try {
      long start = System.nanoTime();
      String path = exchange.getRequestURI().getPath();
      Route route = routes.get(path);
      Reply reply = reply(route, path, exchange);
      // Before it is sent: who has an answer finds it counted, a moment later if it was a timeout.
      metrics.answered(route == null ? OTHER : path, reply.code(), System.nanoTime() - start);
      send(reply, exchange);
    } finally {
      inFlight.release();
    }
  }

  private Reply reply(@Nullable Route route, String path, HttpExchange exchange) {
    if (route == null) {
      String expected = String.join(", ", routes.keySet());
      return Reply.failure(
          HttpFailure.NOT_FOUND, "expected one of " + expected + ", found " + path);
    }
    String method = exchange.getRequestMethod();
    if (!route.methods().contains(method)) {
      String allowed = String.join(", ", route.methods());
      return Reply.failure(
              HttpFailure.METHOD_NOT_ALLOWED, "expected " + allowed + ", found " + method)
          .with("Allow", allowed);
    }
    try {
      return route.answer().to(exchange);
    } catch (HttpFailure e) {
      return Reply.failure(e.code(), String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      failures.accept(e);
      return Reply.failure(HttpFailure.UNAVAILABLE, "out of memory; try again");
    } catch (RuntimeException | Error e) {
      failures.accept(e);
      return Reply.failure(HttpFailure.INTERNAL_ERROR, "unexpected failure: " + e);
    }
  }

  private Reply metrics() {
    int requests = MANY - inFlight.availablePermits();
    return Reply.of(
        Metrics.CONTENT_TYPE, metrics.page(classifier.waiting(), requests, predict.bodyBytes()));
  }

  /** Sends an answer and ends the exchange; who does not take it loses the connection. */
  private void send(Reply reply, HttpExchange exchange) {
    try {
      // A timeout was told by who interrupted this thread.
      if (exchange.getResponseCode() < 0) {
        deadlines.within(timeoutMillis, () -> reply.write(exchange));
      }
    } catch (IOException e) {
      metrics.notSent();
    }
    try {
      deadlines.within(LINGER_MILLIS, () -> skipBody(exchange.getRequestBody()));
    } catch (IOException e) {
      // The connection is closed, or will be.
    }
    exchange.close();
  }

  private static void skipBody(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 13];
    int left = LINGER_BYTES;
    int read = 0;
    while (read >= 0 && left > 0) {
      read = in.read(buffer);
      left -= read;
    }
  }

  /**
   * Answers what is in flight, refuses what comes, and ends all threads. What takes longer than
   * some seconds loses its connection.
   */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    try {
      if (!inFlight.tryAcquire(MANY, GRACE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    classifier.close();
    deadlines.close();
    end(threads);
  }

  /** Interrupts a pool's threads and waits for their end, for a second at most. */
  static void end(ExecutorService pool) {
    pool.shutdownNow();
    try {
      pool.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
