package io.github.lanewise.examples.serve;

import java.util.Map;

/** What the JDK's HTTP server takes from system properties, once, when it is first used. */
public final class JdkServerSettings {

  /** By how much the JDK, which closes connections without a word, waits longer than we do. */
  private static final int SECONDS_LATER = 2;

  private JdkServerSettings() {}

  /**
   * Limits the connections and the time in which a request has to arrive, headers included, and
   * sends answers without delay. What the command line of the JVM says takes precedence.
   *
   * @param timeoutSeconds how long a client may take
   */
  public static void apply(int timeoutSeconds) {
    Map<String, Object> settings =
        Map.of(
            "jdk.httpserver.maxConnections",
            ConnectionThreads.MOST,
            "sun.net.httpserver.maxIdleConnections",
            ConnectionThreads.MOST / 2,
            "sun.net.httpserver.maxReqTime",
            timeoutSeconds + SECONDS_LATER,
            "sun.net.httpserver.nodelay",
            true);
    settings.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value.toString());
          }
        });
  }
}
