package io.github.lanewise.examples.serve;

import io.github.lanewise.examples.benchmark.ProcessFacts;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a server did, in Prometheus's text format. Safe for use by several threads. */
final class Metrics {

  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private record Kind(String path, int code) {}

  private final Map<Kind, LongAdder> requests = new ConcurrentHashMap<>();
  private final LongAdder unsent = new LongAdder();
  private final Histogram seconds =
      new Histogram(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
  private final Histogram batchSizes = new Histogram(1, 2, 4, 8, 16, 32, 64);

  /**
   * A request was answered.
   *
   * @param path one of the server's own; what clients make up must not become labels
   * @param nanos from its headers to its answer
   */
  void answered(String path, int code, long nanos) {
    requests.computeIfAbsent(new Kind(path, code), kind -> new LongAdder()).increment();
    if (path.equals(PredictHandler.PATH)) {
      seconds.observe(nanos / 1e9);
    }
  }

  /** An answer could not be sent: the client has gone, or took too long. */
  void notSent() {
    unsent.increment();
  }

  /** So many pictures were classified together. */
  void batch(int size) {
    batchSizes.observe(size);
  }

  /**
   * The page.
   *
   * @param queue how many pictures wait
   * @param inFlight requests that are being answered
   * @param bodyBytes what their bodies take
   */
  String page(int queue, int inFlight, long bodyBytes) {
    StringBuilder page = new StringBuilder();
    head(page, "lanewise_requests_total", "counter", "Requests answered, by path and status code.");
    Map<String, Long> sorted = new TreeMap<>();
    requests.forEach(
        (kind, count) ->
            sorted.put("{path=\"" + kind.path() + "\",code=\"" + kind.code() + "\"}", count.sum()));
    sorted.forEach(
        (labels, count) ->
            page.append("lanewise_requests_total")
                .append(labels)
                .append(' ')
                .append(count)
                .append('\n'));
    sample(page, "lanewise_answers_not_sent_total", "counter", "Clients had gone.", unsent.sum());
    head(page, "lanewise_predict_seconds", "histogram", "From headers to answer, /predict.");
    seconds.write(page, "lanewise_predict_seconds");
    head(page, "lanewise_batch_size", "histogram", "Pictures that were classified together.");
    batchSizes.write(page, "lanewise_batch_size");
    sample(page, "lanewise_queue_length", "gauge", "Pictures that wait.", queue);
    sample(page, "lanewise_requests_in_flight", "gauge", "Requests not yet answered.", inFlight);
    sample(page, "lanewise_body_bytes", "gauge", "Memory taken by bodies.", bodyBytes);
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    sample(page, "lanewise_heap_used_bytes", "gauge", "Java heap in use.", used);
    sample(page, "lanewise_heap_max_bytes", "gauge", "Largest Java heap.", runtime.maxMemory());
    long resident = ProcessFacts.residentBytes();
    if (resident >= 0) {
      sample(page, "process_resident_memory_bytes", "gauge", "Resident memory.", resident);
    }
    return page.toString();
  }

  private static void sample(
      StringBuilder page, String name, String type, String help, long value) {
    head(page, name, type, help);
    page.append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder page, String name, String type, String help) {
    page.append("# HELP ").append(name).append(' ').append(help).append('\n');
    page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
