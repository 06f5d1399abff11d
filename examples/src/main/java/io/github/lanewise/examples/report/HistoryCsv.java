package io.github.lanewise.examples.report;

import io.github.lanewise.train.History;
import java.util.List;

/** A history as Keras's {@code CSVLogger} writes it: a line an epoch, counted from 0. */
public final class HistoryCsv {

  private HistoryCsv() {}

  /** The text of the file. */
  public static String of(History history) {
    List<String> names = history.names().stream().sorted().toList();
    StringBuilder text = new StringBuilder("epoch");
    names.forEach(name -> text.append(',').append(name));
    for (int epoch = 0; epoch < history.epochs(); epoch++) {
      text.append('\n').append(epoch);
      for (String name : names) {
        text.append(',').append(history.get(name).get(epoch));
      }
    }
    return text.append('\n').toString();
  }
}
