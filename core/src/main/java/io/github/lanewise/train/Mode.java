package io.github.lanewise.train;

/** Which way a watched figure becomes better. */
public enum Mode {
  /** As its name says: {@link #MIN} if it ends in {@code loss} or {@code error}, else MAX. */
  AUTO,
  /** The lower the better. */
  MIN,
  /** The higher the better. */
  MAX;

  boolean lowerIsBetter(String figure) {
    return this == MIN || (this == AUTO && (figure.endsWith("loss") || figure.endsWith("error")));
  }
}
