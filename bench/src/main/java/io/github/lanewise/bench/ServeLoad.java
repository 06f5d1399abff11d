package io.github.lanewise.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Load for {@code lanewise serve}: clients that each post a picture, wait for the answer and post
 * the next. Prints JSON: requests a second, percentiles of the latency, answers by status code, how
 * many pictures got another answer than before, and the server's memory.
 *
 * <p>{@code java -cp bench/target/benchmarks.jar io.github.lanewise.bench.ServeLoad URL CLIENTS
 * SECONDS PICTURES [QUERY]}, PICTURES being a folder.
 */
public final class ServeLoad {

  private static final String MEMORY = "process_resident_memory_bytes ";
  private static final long MEGABYTE = 1 << 20;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final String query;
  private final List<byte[]> pictures;
  private final Map<Integer, String> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> codes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger different = new AtomicInteger();

  private ServeLoad(URI server, String query, List<byte[]> pictures) {
    this.server = server;
    this.query = query;
    this.pictures = pictures;
  }

  /** Runs the load: URL, clients, seconds, folder of pictures and perhaps {@code explain=true}. */
  public static void main(String[] args) throws Exception {
    if (args.length < 4 || args.length > 5) {
      System.err.println("expected URL CLIENTS SECONDS PICTURES [QUERY]");
      System.exit(2);
    }
    List<byte[]> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(args[3]))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        pictures.add(Files.readAllBytes(file));
      }
    }
    if (pictures.isEmpty()) {
      throw new IOException(args[3] + ": expected pictures, found none");
    }
    String query = args.length == 5 ? "?" + args[4] : "";
    new ServeLoad(URI.create(args[0]), query, pictures)
        .run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
  }

  private void run(int clients, int seconds) throws Exception {
    long before = memory();
    long peak = before;
    long start = System.nanoTime();
    long end = start + Duration.ofSeconds(seconds).toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Thread thread = new Thread(() -> post(end));
      threads.add(thread);
      thread.start();
    }
    while (System.nanoTime() < end) {
      Thread.sleep(1000);
      peak = Math.max(peak, memory());
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    long after = memory();
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "{\"clients\": %d, \"seconds\": %.1f, \"answered\": %d, \"per_second\": %.1f,"
            + " \"p50_ms\": %.1f, \"p99_ms\": %.1f, \"max_ms\": %.1f, \"by_code\": %s,"
            + " \"different_answers\": %d, \"memory_mb\": {\"before\": %d, \"peak\": %d, \"after\":"
            + " %d}}%n",
        clients,
        elapsed,
        sorted.length,
        sorted.length / elapsed,
        percentile(sorted, 0.5),
        percentile(sorted, 0.99),
        percentile(sorted, 1),
        byCode(),
        different.get(),
        before / MEGABYTE,
        Math.max(peak, after) / MEGABYTE,
        after / MEGABYTE);
  }

  private String byCode() {
    List<String> fields = new ArrayList<>();
    new TreeMap<>(codes).forEach((code, count) -> fields.add("\"" + code + "\": " + count));
    return "{" + String.join(", ", fields) + "}";
  }

  /** The smallest latency that so large a share does not exceed, in milliseconds. */
  private static double percentile(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(rank, 1) - 1] / 1e6;
  }

  private void post(long end) {
    while (System.nanoTime() < end) {
      int picture = next.getAndIncrement() % pictures.size();
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("/predict" + query))
              .POST(BodyPublishers.ofByteArray(pictures.get(picture)))
              .build();
      long start = System.nanoTime();
      String code = "failed";
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        code = Integer.toString(response.statusCode());
        if (response.statusCode() == 200) {
          nanos.add(System.nanoTime() - start);
          String first = answers.putIfAbsent(picture, response.body());
          different.addAndGet(first == null || first.equals(response.body()) ? 0 : 1);
        } else if (response.statusCode() == 503) {
          Thread.sleep(10);
        }
      } catch (IOException e) {
        // Counted as failed.
      } catch (InterruptedException e) {
        return;
      }
      codes.computeIfAbsent(code, c -> new AtomicInteger()).incrementAndGet();
    }
  }

  /** The server's resident memory, in bytes; 0 where it does not tell. */
  private long memory() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/metrics")).build();
    String page = client.send(request, BodyHandlers.ofString()).body();
    return Arrays.stream(page.split("\n"))
        .filter(line -> line.startsWith(MEMORY))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(MEMORY.length())))
        .findFirst()
        .orElse(0);
  }
}
