package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetTest {

  @Test
  void arraysAreReadRowByRow() {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    Tensor y = Tensor.of(Shape.of(2), 5, 6);
    Dataset data = new ArrayDataset(x, y);
    assertEquals(2, data.size());
    assertEquals(Shape.of(2), data.sampleShape());
    assertEquals(Shape.of(), data.targetShape());
    assertTrue(data.deterministic());
    float[] xs = new float[4];
    float[] ys = new float[2];
    assertTrue(data.read(1, xs, 1, ys, 1));
    assertArrayEquals(new float[] {0, 3, 4, 0}, xs);
    assertArrayEquals(new float[] {0, 6}, ys);
  }

  @Test
  void viewsAreReadFromWhereTheyStart() {
    Tensor all = Tensor.of(Shape.of(4, 1), 1, 2, 3, 4);
    Dataset data = new ArrayDataset(all.rows(2, 4), all.rows(0, 2));
    float[] xs = new float[1];
    float[] ys = new float[1];
    data.read(0, xs, 0, ys, 0);
    assertEquals(3, xs[0]);
    assertEquals(1, ys[0]);
  }

  @Test
  void asManyTargetsAsSamplesAreExpected() {
    ShapeException e =
        assertThrows(
            ShapeException.class, () -> new ArrayDataset(Tensor.zeros(3, 2), Tensor.zeros(4, 1)));
    assertEquals(
        "ArrayDataset: expected as many targets as samples, found (3, 2) and (4, 1)",
        e.getMessage());
  }

  @Test
  void aScalarIsNoDataset() {
    assertThrows(ShapeException.class, () -> new ArrayDataset(Tensor.scalar(1), Tensor.scalar(1)));
  }

  @Test
  void aSliceOfChannelsIsNoDataset() {
    Tensor slice = Tensor.zeros(3, 4).channels(1, 2);
    assertThrows(ShapeException.class, () -> new ArrayDataset(slice, Tensor.zeros(3, 1)));
  }

  @Test
  void aHistoryKeepsEachFigureEpochByEpoch() {
    History history = new History();
    history.add(Map.of("accuracy", 0.25));
    history.add(Map.of("accuracy", 0.75));
    history.add(Map.of("accuracy", 0.5));
    assertEquals(3, history.epochs());
    assertEquals(List.of("accuracy"), history.names());
    assertEquals(List.of(0.25, 0.75, 0.5), history.get("accuracy"));
    assertEquals(0.5, history.last("accuracy"));
    assertEquals(0.75, history.max("accuracy"));
  }

  @Test
  void theBestOfALossIsTheLowestAndOfOthersTheHighest() {
    History history = new History();
    history.add(Map.of("val_loss", 2.0, "val_accuracy", 0.25));
    history.add(Map.of("val_loss", Double.NaN, "val_accuracy", Double.NaN));
    history.add(Map.of("val_loss", 3.0, "val_accuracy", 0.5));
    assertEquals(2, history.best("val_loss"));
    assertEquals(0.5, history.best("val_accuracy"));
  }

  @Test
  void theBestOfFiguresThatAreNoNumbersIsNone() {
    History history = new History();
    history.add(Map.of("loss", Double.NaN));
    assertEquals(Double.NaN, history.best("loss"));
  }

  @Test
  void aHistoryNamesTheFiguresThatThereAre() {
    History history = new History();
    history.add(Map.of("loss", 1.0));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> history.get("auc"));
    assertEquals("History: no 'auc', there are [loss]", e.getMessage());
  }
}
