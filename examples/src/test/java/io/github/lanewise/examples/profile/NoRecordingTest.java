package io.github.lanewise.examples.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.profile.Profile;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class NoRecordingTest {

  @Test
  void nothingIsAllocatedForEventsThatNobodyAskedFor() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertTrue(Profile.available());
    assertEquals(0, events(1));
    threads.getCurrentThreadAllocatedBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    int events = events(10_000);
    assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
    assertEquals(0, events);
  }

  private static int events(int times) {
    int events = 0;
    for (int i = 0; i < times; i++) {
      events += Profile.layer() == null ? 0 : 1;
      events += Profile.trainingStep() == null ? 0 : 1;
    }
    return events;
  }
}
