package io.github.lanewise.examples.serve;

import com.sun.net.httpserver.HttpExchange;
import io.github.lanewise.image.PictureException;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Answers {@code POST /predict}: a picture file as the body gives label and probability. */
final class PredictHandler {

  static final String PATH = "/predict";

  private static final String EXPLAIN = "explain";

  /** The part of the heap that bodies may take. */
  private static final int SHARE_OF_HEAP = 4;

  private final Classifier classifier;
  private final Deadlines deadlines;
  private final long timeoutMillis;
  private final int maxBody;
  private final RequestBody.Budget budget;

  PredictHandler(Classifier classifier, Deadlines deadlines, ServerOptions options) {
    this.classifier = classifier;
    this.deadlines = deadlines;
    this.timeoutMillis = options.timeout().toMillis();
    this.maxBody = options.maxBody();
    long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    this.budget = new RequestBody.Budget(Math.max(share, maxBody + 1L));
  }

  /** Memory taken by bodies. */
  long bodyBytes() {
    return budget.taken();
  }

  Reply reply(HttpExchange exchange) throws HttpFailure {
    boolean explain = explain(exchange.getRequestURI().getRawQuery());
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      throw new HttpFailure(
          HttpFailure.UNSUPPORTED_TYPE,
          "expected the picture file itself as the body, found a form (" + type + ")");
    }
    try (RequestBody body = body(exchange)) {
      return reply(classifier.classify(body.bytes(), explain));
    } catch (PictureException e) {
      throw new HttpFailure(
          HttpFailure.UNSUPPORTED_TYPE,
          "the body is not a picture that can be read: " + e.reason());
    } catch (RejectedExecutionException e) {
      throw new HttpFailure(HttpFailure.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static Reply reply(Classifier.Answer answer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("label", answer.prediction().name());
    fields.put("probability", answer.prediction().probability());
    byte[] heatMap = answer.heatMap();
    if (heatMap != null) {
      fields.put("heat_map_png", Base64.getEncoder().encodeToString(heatMap));
    }
    return Reply.json(fields);
  }

  private static boolean explain(@Nullable String query) throws HttpFailure {
    boolean explain = false;
    for (String parameter : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      switch (parameter) {
        case EXPLAIN + "=true" -> explain = true;
        case EXPLAIN + "=false" -> explain = false;
        default ->
            throw new HttpFailure(
                HttpFailure.BAD_REQUEST,
                "expected explain=true or explain=false in the query, found " + parameter);
      }
    }
    return explain;
  }

  private RequestBody body(HttpExchange exchange) throws HttpFailure {
    HttpFailure late =
        new HttpFailure(
            HttpFailure.TIMEOUT, "the body did not arrive within " + timeoutMillis + " ms");
    // The interrupt closes the connection: what is to be said has to be said before.
    Deadlines.Deadline deadline = deadlines.start(timeoutMillis, () -> say(late, exchange));
    RequestBody body;
    try (deadline) {
      body = RequestBody.read(exchange, maxBody, budget);
    } catch (HttpFailure e) {
      throw deadline.passed() ? late : e;
    }
    if (deadline.passed()) {
      body.close();
      throw late;
    }
    return body;
  }

  private static void say(HttpFailure failure, HttpExchange exchange) {
    try {
      Reply.failure(failure.code(), String.valueOf(failure.getMessage())).write(exchange);
    } catch (IOException e) {
      // It has gone.
    }
  }
}
