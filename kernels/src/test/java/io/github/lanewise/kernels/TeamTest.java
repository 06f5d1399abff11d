package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TeamTest {

  private final ExecutorService executor = Executors.newFixedThreadPool(2);

  @AfterEach
  void endThreads() {
    executor.shutdownNow();
  }

  /** Loops of one index touch the last share alone. */
  @Test
  void sharesThatNoLoopTouchedForLongAreRunAfterTheLoopsNumberOverflowed() {
    Team team = new Team(executor, 2, Integer.MAX_VALUE - 50);
    team.region(
        () -> {
          for (int loop = 0; loop < 100; loop++) {
            team.forEach(1, index -> {});
          }
          AtomicIntegerArray runs = new AtomicIntegerArray(30);
          team.forEach(30, runs::incrementAndGet);
          for (int i = 0; i < 30; i++) {
            assertEquals(1, runs.get(i), "runs of index " + i);
          }
        });
  }

  @Test
  void withoutHelpersTheOwnerRunsAllShares() {
    Team team = new Team(task -> {}, 3);
    AtomicIntegerArray runs = new AtomicIntegerArray(10);
    team.region(() -> team.forEach(10, runs::incrementAndGet));
    for (int i = 0; i < 10; i++) {
      assertEquals(1, runs.get(i), "runs of index " + i);
    }
  }
}
