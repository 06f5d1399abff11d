package io.github.lanewise.examples.benchmark;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system knows about this process. */
public final class ProcessFacts {

  private static final Path STATUS = Path.of("/proc/self/status");

  /** Asked for once: asking allocates. */
  private static final java.lang.management.ThreadMXBean THREADS =
      ManagementFactory.getThreadMXBean();

  private ProcessFacts() {}

  /** Peak resident memory in MB, or -1 where the system does not tell. */
  static long peakMegabytes() {
    long kilobytes = kilobytes("VmHWM:");
    return kilobytes < 0 ? -1 : kilobytes / 1024;
  }

  /** Resident memory in bytes, or -1 where the system does not tell. */
  public static long residentBytes() {
    long kilobytes = kilobytes("VmRSS:");
    return kilobytes < 0 ? -1 : kilobytes * 1024;
  }

  private static long kilobytes(String field) {
    try {
      for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      return -1;
    }
    return -1;
  }

  /** Seconds from the start of this JVM to a time of {@link System#currentTimeMillis}. */
  static double secondsFromStart(long millis) {
    return (millis - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
  }

  /** Bytes that the calling thread has allocated so far, or -1 where this JVM does not count. */
  static long allocatedBytes() {
    return THREADS instanceof ThreadMXBean threads && threads.isThreadAllocatedMemorySupported()
        ? threads.getCurrentThreadAllocatedBytes()
        : -1;
  }
}
