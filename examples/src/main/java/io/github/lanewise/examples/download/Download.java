package io.github.lanewise.examples.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file over HTTP. Bytes gather in {@code NAME.part} beside the target, from which a later
 * try goes on; the target appears once it is whole and has the expected digest.
 *
 * @param source the address
 * @param target where the file goes
 * @param md5 its digest in hexadecimal, or null where none is known
 */
public record Download(URI source, Path target, @Nullable String md5) {

  private static final int TRIES = 5;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final int BUFFER = 1 << 16;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
  private static final Pattern UNSATISFIED = Pattern.compile("bytes \\*/(\\d+)");

  /** The transfer broke off; another try may go on. */
  private static final class Broken extends IOException {
    private static final long serialVersionUID = 1;

    Broken(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Fetches the file, unless it is there with the expected digest. A broken transfer is taken up
   * again a few times.
   *
   * @param patience how long to wait
   * @throws IOException naming the address, if the server refuses, the transfer keeps breaking off,
   *     or the digest is another; the target is then as it was
   */
  public void run(Patience patience, Transfer transfer) throws IOException {
    if (Files.exists(target) && (md5 == null || md5.equals(Md5.of(target)))) {
      return;
    }
    Files.createDirectories(directory());
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    for (int left = TRIES - 1; ; left--) {
      try {
        fetch(client, patience.silence(), transfer);
        break;
      } catch (Broken e) {
        if (left == 0) {
          throw new IOException(
              source
                  + ": "
                  + e.getMessage()
                  + "; gave up after "
                  + TRIES
                  + " tries, run again to go on from "
                  + part(),
              e);
        }
        sleep(patience.pause());
      }
    }
    requireDigest();
    Files.move(part(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path directory() {
    return target.toAbsolutePath().resolveSibling("");
  }

  private Path part() {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private void requireDigest() throws IOException {
    if (md5 == null) {
      return;
    }
    String found = Md5.of(part());
    if (!found.equals(md5)) {
      Files.delete(part());
      throw new IOException(source + ": expected a file of MD5 " + md5 + ", found " + found);
    }
  }

  private void fetch(HttpClient client, Duration silence, Transfer transfer) throws IOException {
    long have = Files.exists(part()) ? Files.size(part()) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(ANSWER_TIMEOUT);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> response = send(client, request.build());
    try (InputStream body = response.body();
        SilenceGuard guard = new SilenceGuard(body, silence)) {
      switch (response.statusCode()) {
        case 200 -> receive(body, guard, 0, contentLength(response), transfer);
        case 206 -> receive(body, guard, have, sizeOfWhole(response, have), transfer);
        case 416 -> requireWhole(response, have);
        default -> throw refusal(response.statusCode());
      }
    }
  }

  private static HttpResponse<InputStream> send(HttpClient client, HttpRequest request)
      throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new Broken("no answer (" + reason + ")", e);
    }
  }

  private IOException refusal(int status) {
    String message = "the server answers with status " + status;
    return status >= 500 ? new Broken(message, null) : new IOException(source + ": " + message);
  }

  private static long contentLength(HttpResponse<?> response) {
    return response.headers().firstValueAsLong("Content-Length").orElse(-1);
  }

  private long sizeOfWhole(HttpResponse<?> response, long have) throws IOException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    Matcher matcher = CONTENT_RANGE.matcher(range.toLowerCase(Locale.ROOT));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != have) {
      throw new IOException(
          source + ": expected an answer from byte " + have + " on, found '" + range + "'");
    }
    return matcher.group(2).equals("*") ? -1 : Long.parseLong(matcher.group(2));
  }

  /** The server has nothing after our part: it is the whole, or it is not of this file. */
  private void requireWhole(HttpResponse<?> response, long have) throws IOException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    Matcher matcher = UNSATISFIED.matcher(range.toLowerCase(Locale.ROOT));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != have) {
      Files.delete(part());
      throw new Broken("what was fetched earlier does not fit", null);
    }
  }

  private void receive(
      InputStream body, SilenceGuard guard, long from, long total, Transfer transfer)
      throws IOException {
    StandardOpenOption mode =
        from == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
    long bytes = from;
    try (OutputStream out =
        Files.newOutputStream(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
      byte[] buffer = new byte[BUFFER];
      transfer.progressed(bytes, total);
      for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
        out.write(buffer, 0, n);
        bytes += n;
        guard.heard();
        transfer.progressed(bytes, total);
      }
    }
    if (total >= 0 && bytes != total) {
      throw new Broken("broken off after " + bytes + " of " + total + " bytes", null);
    }
  }

  private static int read(InputStream body, byte[] buffer) throws Broken {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new Broken("broken off (" + e.getMessage() + ")", e);
    }
  }

  private static void sleep(Duration pause) throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static InterruptedIOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("interrupted");
    interrupted.initCause(e);
    return interrupted;
  }
}
