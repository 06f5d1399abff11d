package io.github.lanewise.examples.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param code the status code
 * @param headers besides those that every answer has
 * @param body sent as it is, but not to HEAD
 */
record Reply(int code, Map<String, String> headers, byte[] body) {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Reply of(String type, String text) {
    return new Reply(200, Map.of(CONTENT_TYPE, type), text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply json(Map<String, ?> fields) {
    return json(200, fields);
  }

  /** An object with the message in {@code error}. */
  static Reply failure(int code, String message) {
    Reply reply = json(code, Map.of("error", message));
    return switch (code) {
      case HttpFailure.UNAVAILABLE -> reply.with("Retry-After", "1");
      // What is left of the body is not worth reading.
      case HttpFailure.TOO_LARGE, HttpFailure.TIMEOUT -> reply.with("Connection", "close");
      default -> reply;
    };
  }

  private static Reply json(int code, Map<String, ?> fields) {
    try {
      byte[] body = JSON.writeValueAsBytes(fields);
      return new Reply(code, Map.of(CONTENT_TYPE, "application/json"), body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same answer with another header. */
  Reply with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Reply(code, more, body);
  }

  /** Writes it; the exchange stays open, so that the rest of the request can be read. */
  void write(HttpExchange exchange) throws IOException {
    Headers sent = exchange.getResponseHeaders();
    headers.forEach(sent::set);
    sent.set("Cache-Control", "no-store");
    sent.set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals("HEAD")) {
      sent.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(code, -1);
    } else {
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
  }
}
