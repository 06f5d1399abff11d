package io.github.lanewise.examples.report;

import io.github.lanewise.kernels.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run ran on. */
public final class Machine {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final int MEGABYTE = 1 << 20;

  private Machine() {}

  /** Names and figures, in the order in which a report shows them. */
  public static Map<String, Object> describe(Compute compute) {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("java", Runtime.version().toString());
    machine.put(
        "vm", System.getProperty("java.vm.name") + ", " + System.getProperty("java.vendor"));
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("arch", System.getProperty("os.arch"));
    machine.put("cpu", cpu());
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("threads", compute.loop().threads());
    machine.put("vector_bits", compute.kernels().vectorBits());
    machine.put("heap_megabytes", Runtime.getRuntime().maxMemory() / MEGABYTE);
    return machine;
  }

  /** The processor's name where Linux tells it, else the architecture's. */
  private static String cpu() {
    try {
      List<String> lines = Files.isReadable(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of();
      for (String line : lines) {
        int colon = line.indexOf(':');
        if (line.startsWith("model name") && colon >= 0) {
          return line.substring(colon + 1).strip();
        }
      }
    } catch (IOException e) {
      // The architecture's name has to do.
    }
    return System.getProperty("os.arch");
  }
}
