package io.github.lanewise.examples.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.profile.LayerEvent;
import io.github.lanewise.profile.Profile;
import io.github.lanewise.profile.TrainingStepEvent;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoRecordingTest {

  @Test
  void nothingIsAllocatedForEventsThatNobodyAskedFor() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertTrue(Profile.available());
    assertEquals(0, events(1));
    // Without a recording only C2 loads these, on the thread that calls what it compiles.
    assertEquals(2, List.of(LayerEvent.class, TrainingStepEvent.class).size());
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
