package io.github.lanewise.examples.download;

import java.time.Duration;

/**
 * How long a download waits.
 *
 * @param pause before another try
 * @param silence for the next byte, before the connection counts as broken
 */
public record Patience(Duration pause, Duration silence) {

  /** For servers far away. */
  public static final Patience STANDARD =
      new Patience(Duration.ofSeconds(2), Duration.ofSeconds(60));
}
