package io.github.lanewise.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table that Keras's {@code summary()} prints. */
final class Summary {

  private static final String[] HEADER = {
    "Layer (type)", "Output Shape", "Param #", "Connected to"
  };

  private Summary() {}

  static String of(Model model) {
    List<String[]> rows = new ArrayList<>();
    rows.add(HEADER);
    Map<Layer, Integer> calls = new HashMap<>();
    Map<Node, Integer> call = new HashMap<>();
    for (Node node : model.nodes()) {
      Layer layer = node.layer();
      int index = calls.merge(layer, 1, Integer::sum) - 1;
      call.put(node, index);
      rows.add(
          new String[] {
            layer.name() + " (" + layer.kerasClassName() + ")",
            node.shape().toString(),
            index == 0 ? grouped(count(layer.parameters())) : "0",
            node.inputs().stream()
                .map(n -> n.layer().name() + "[" + call.getOrDefault(n, 0) + "][0]")
                .collect(Collectors.joining(", "))
          });
    }
    long total = count(model.parameters());
    long trainable = count(model.trainableParameters());
    return table(model.name(), rows)
        + " Total params: "
        + amount(total)
        + "\n Trainable params: "
        + amount(trainable)
        + "\n Non-trainable params: "
        + amount(total - trainable)
        + "\n";
  }

  private static String table(String name, List<String[]> rows) {
    int[] widths = new int[HEADER.length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder("Model: \"" + name + "\"\n");
    String line = "";
    for (int row = 0; row < rows.size(); row++) {
      StringBuilder cells = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String format = i == 2 ? "%" + widths[i] + "s  " : "%-" + widths[i] + "s  ";
        cells.append(String.format(Locale.ROOT, format, rows.get(row)[i]));
      }
      if (row == 0) {
        line = "_".repeat(cells.length() - 2) + "\n";
        text.append(line).append(cells.toString().stripTrailing()).append('\n');
        text.append(line.replace('_', '='));
      } else {
        text.append(cells.toString().stripTrailing()).append('\n');
      }
    }
    return text.append(line.replace('_', '=')).toString();
  }

  private static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(p -> p.shape().size()).sum();
  }

  private static String grouped(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A count and what it takes as 32-bit floats: {@code 21,802,784 (83.17 MB)}. */
  private static String amount(long parameters) {
    double size = parameters * 4.0;
    String[] units = {"B", "KB", "MB", "GB"};
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%,d (%.2f %s)", parameters, size, units[unit]);
  }
}
