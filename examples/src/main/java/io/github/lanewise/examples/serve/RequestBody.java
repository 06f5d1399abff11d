package io.github.lanewise.examples.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request's body in memory. It grows as bytes arrive, whatever length was declared, and counts
 * towards the memory that all bodies together may take until it is closed.
 */
final class RequestBody implements AutoCloseable {

  /** What all bodies together may take. */
  static final class Budget {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    Budget(long most) {
      this.most = most;
    }

    long taken() {
      return taken.get();
    }

    private void take(int bytes) throws HttpFailure {
      if (taken.addAndGet(bytes) > most) {
        taken.addAndGet(-bytes);
        throw new HttpFailure(
            HttpFailure.UNAVAILABLE, "no memory for another picture now; try again");
      }
    }
  }

  private static final int FIRST = 1 << 16;

  private final Budget budget;
  private final int limit;
  private byte[] bytes = {};
  private int size;

  private RequestBody(int limit, Budget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /**
   * Reads a body.
   *
   * @param limit the most bytes
   * @throws HttpFailure if it is empty, too large, does not arrive whole, or there is no memory
   */
  static RequestBody read(HttpExchange exchange, int limit, Budget budget) throws HttpFailure {
    long declared = declared(exchange);
    RequestBody body = new RequestBody(limit, budget);
    if (declared > limit) {
      throw body.tooLarge();
    }
    try {
      body.fill(exchange.getRequestBody(), declared);
    } catch (IOException e) {
      body.close();
      throw new HttpFailure(
          HttpFailure.BAD_REQUEST, "the body did not arrive whole: " + e.getMessage());
    } catch (HttpFailure | RuntimeException | Error e) {
      body.close();
      throw e;
    }
    return body;
  }

  /** The declared length; -1 where it comes in chunks. */
  private static long declared(HttpExchange exchange) {
    if (exchange.getRequestHeaders().containsKey("Transfer-Encoding")) {
      return -1;
    }
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? 0 : Long.parseLong(length);
  }

  private void fill(InputStream in, long declared) throws IOException, HttpFailure {
    // One byte above the limit is enough to know.
    long most = declared < 0 ? limit + 1L : declared;
    while (size < most) {
      if (size == bytes.length) {
        grow((int) Math.min(most, Math.max(FIRST, 2L * size)));
      }
      int read = in.read(bytes, size, bytes.length - size);
      if (read < 0) {
        break;
      }
      size += read;
    }
    if (size > limit) {
      throw tooLarge();
    }
    if (size < declared) {
      throw new IOException("expected " + declared + " bytes, found " + size);
    }
    if (size == 0) {
      throw new HttpFailure(HttpFailure.BAD_REQUEST, "expected a picture as the body, found none");
    }
    // The end has to be seen for the connection to be used again.
    if (declared >= 0 && in.read() >= 0) {
      throw new IOException("expected " + declared + " bytes, found more");
    }
  }

  private void grow(int length) throws HttpFailure {
    budget.take(length - bytes.length);
    try {
      bytes = Arrays.copyOf(bytes, length);
    } catch (OutOfMemoryError e) {
      budget.taken.addAndGet(bytes.length - length);
      throw e;
    }
  }

  private HttpFailure tooLarge() {
    return new HttpFailure(
        HttpFailure.TOO_LARGE, "expected a picture of at most " + limit + " bytes, found more");
  }

  /** All of it. */
  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    budget.taken.addAndGet(-bytes.length);
    bytes = new byte[0];
    size = 0;
  }
}
