package io.github.lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.train.History;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCsvTest {

  @Test
  void thereIsALineAnEpochWithTheFiguresOfTheHistory() {
    History history = Histories.of(3, 0.01);
    List<String> lines = HistoryCsv.of(history).lines().toList();
    assertEquals("epoch,accuracy,loss,val_accuracy,val_loss", lines.get(0));
    assertEquals(4, lines.size());
    for (int epoch = 0; epoch < 3; epoch++) {
      String[] fields = lines.get(epoch + 1).split(",", -1);
      assertEquals(5, fields.length);
      assertEquals(epoch, Integer.parseInt(fields[0]));
      assertEquals(history.get("accuracy").get(epoch), Double.parseDouble(fields[1]));
      assertEquals(history.get("loss").get(epoch), Double.parseDouble(fields[2]));
      assertEquals(history.get("val_accuracy").get(epoch), Double.parseDouble(fields[3]));
      assertEquals(history.get("val_loss").get(epoch), Double.parseDouble(fields[4]));
    }
  }
}
