package io.github.lanewise.examples.download;

/** Told how far a download has come. */
@FunctionalInterface
public interface Transfer {

  /**
   * More bytes have arrived.
   *
   * @param bytes all that are here, those of earlier tries included
   * @param total the size of the whole, or -1 where the server does not tell
   */
  void progressed(long bytes, long total);
}
