package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.ActivationLayer;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.PReLU;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.nn.Softmax;
import io.github.lanewise.nn.ZeroPadding2D;
import io.github.lanewise.op.MeanSquaredError;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {

  @TempDir Path directory;

  private static OnnxReader.Model read(Model model, boolean fold) {
    return OnnxReader.read(OnnxFile.message(model, fold, Integer.MAX_VALUE).toBytes());
  }

  /** Numbers that differ everywhere. */
  private static void number(Model model) {
    float next = 0.25f;
    for (Parameter parameter : model.parameters()) {
      float[] values = parameter.value().data();
      for (int i = 0; i < values.length; i++) {
        values[i] = next;
        next += 0.125f;
      }
    }
  }

  private static Model convolution(boolean bias) {
    Node x = Input.named("pictures", 5, 6, 2);
    Node y = new Conv2D(3, 2, 1).useBias(bias).name("conv").on(x);
    y = new BatchNormalization().epsilon(0.5).name("normal").on(y);
    Model model = new Model("small", List.of(x), List.of(y));
    number(model);
    return model;
  }

  @Test
  void theFileSaysItsVersionsAndLeavesTheBatchFree() {
    OnnxReader.Model found = read(convolution(true), true);
    assertEquals(7, found.irVersion());
    assertEquals("lanewise", found.producer());
    assertEquals(Map.of("", 13L), found.opsets());
    assertEquals("small", found.graph());
    assertEquals(Map.of("pictures", "batch[5, 6, 2]"), found.inputs());
    assertEquals(Map.of("normal", "batch[4, 6, 3]"), found.outputs());
  }

  @Test
  void aFilterIsTurnedToFiltersChannelsRowsColumns() {
    Model model = convolution(true);
    Tensor hwio = model.layer("conv").layer().parameters().get(0).value();
    OnnxReader.Model found = read(model, false);
    OnnxReader.Constant filter = found.constant(found.node("Conv"), 1);
    assertEquals(List.of(3L, 2L, 2L, 1L), filter.dims());
    int i = 0;
    for (int o = 0; o < 3; o++) {
      for (int c = 0; c < 2; c++) {
        for (int h = 0; h < 2; h++) {
          assertEquals(hwio.get(h, 0, c, o), filter.floats()[i++]);
        }
      }
    }
  }

  @Test
  void normalizationIsKeptWithKerassWeightsOnRequest() {
    Model model = convolution(true);
    List<Parameter> weights = model.layer("normal").layer().parameters();
    OnnxReader.Model found = read(model, false);
    OnnxReader.Node node = found.node("BatchNormalization");
    assertEquals(0.5f, node.attributes().get("epsilon"));
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(
          weights.get(i).value().toArray(), found.constant(node, i + 1).floats(), "weight " + i);
    }
  }

  @Test
  void normalizationFoldsIntoTheFilterAndTheBias() {
    for (boolean bias : List.of(true, false)) {
      Model model = convolution(bias);
      List<Parameter> of = model.parameters();
      OnnxReader.Model plain = read(model, false);
      float[] filter = plain.constant(plain.node("Conv"), 1).floats();
      OnnxReader.Model found = read(model, true);
      assertEquals(List.of("Transpose", "Conv", "Transpose", "Identity"), found.types());
      float[] foldedFilter = found.constant(found.node("Conv"), 1).floats();
      float[] foldedBias = found.constant(found.node("Conv"), 2).floats();
      int first = bias ? 2 : 1;
      for (int f = 0; f < 3; f++) {
        double scale =
            of.get(first).value().get(f) / Math.sqrt(of.get(first + 3).value().get(f) + 0.5);
        double b = bias ? of.get(1).value().get(f) : 0;
        double expected =
            (b - of.get(first + 2).value().get(f)) * scale + of.get(first + 1).value().get(f);
        assertEquals(expected, foldedBias[f], 1e-6);
        for (int i = 4 * f; i < 4 * f + 4; i++) {
          assertEquals(filter[i] * scale, foldedFilter[i], 1e-6);
        }
      }
      assertEquals(2, found.constants().size(), "nothing else is stored");
      assertEquals(List.of("conv/Conv"), found.node("Conv").outputs());
    }
  }

  @Test
  void aConvolutionThatAnotherSeesKeepsItsValue() {
    Node x = Input.of(4, 4, 2);
    Node convolved = new Conv2D(2, 1).name("conv").on(x);
    Node y = new BatchNormalization().name("normal").on(convolved);
    Model model = new Model("two", List.of(x), List.of(y, convolved));
    OnnxReader.Model found = read(model, true);
    assertTrue(found.types().contains("BatchNormalization"), found.types().toString());
    assertEquals(List.of("normal", "conv"), List.copyOf(found.outputs().keySet()));
  }

  @Test
  void channelsMoveOnceAtEachBorderAndNotBetween() {
    Node x = Input.of(4, 4, 2);
    Node a = new Conv2D(2, 1).activation(Activation.RELU).on(x);
    Node b = new PReLU().on(new Conv2D(2, 1).activation(Activation.GELU).on(x));
    Node y = new Softmax().on(new Concatenate().on(new Add().on(a, b), b));
    OnnxReader.Model found = read(new Model(x, y), true);
    assertEquals(2, Collections.frequency(found.types(), "Transpose"), found.types().toString());
    assertEquals(List.of(0L, 3L, 1L, 2L), found.node("Transpose").attributes().get("perm"));
    assertEquals(1L, found.node("Concat").attributes().get("axis"));
    assertEquals(1L, found.node("Softmax").attributes().get("axis"));
    assertEquals(List.of(2L, 4L, 4L), found.constant(found.node("PRelu"), 1).dims());
  }

  @Test
  void aFlattenedPictureHasItsChannelsLast() {
    Node x = Input.of(4, 4, 2);
    Node y = new Dense(3).on(new Flatten().on(new Conv2D(5, 3).on(x)));
    OnnxReader.Model found = read(new Model(x, y), true);
    assertEquals(
        List.of("Transpose", "Conv", "Transpose", "Reshape", "Gemm", "Identity"), found.types());
    assertArrayEquals(
        new long[] {-1, 20}, (long[]) found.constant(found.node("Reshape"), 1).values());
  }

  @Test
  void noZeroLiesBeforeAPoolingThatCouldBeTakenForThePoolingsOwn() {
    Node x = Input.of(4, 4, 2);
    Node padded = new ZeroPadding2D(1).on(x);
    OnnxReader.Model pooled = read(new Model(x, new MaxPooling2D(3).on(padded)), true);
    assertEquals(
        Float.MIN_NORMAL, pooled.constant(pooled.node("Pad"), 2).floats()[0], "in a maximum");
    OnnxReader.Model convolved = read(new Model(x, new Conv2D(1, 3).on(padded)), true);
    assertEquals(0f, convolved.constant(convolved.node("Pad"), 2).floats()[0], "in a sum");
  }

  @Test
  void whatNoConvolutionTouchesIsNotTurned() {
    Node x = Input.of(4, 4, 2);
    Node y = new ActivationLayer(Activation.TANH).on(x);
    assertEquals(List.of("Tanh", "Identity"), read(new Model(x, y), true).types());
  }

  @Test
  void theWeightsOfASharedLayerAreStoredOnce() {
    Node a = Input.named("a", 4);
    Node b = Input.named("b", 4);
    Dense shared = new Dense(4).name("shared");
    Model model = new Model("shared", List.of(a, b), List.of(shared.on(a), shared.on(b)));
    OnnxReader.Model found = read(model, true);
    assertEquals(2, found.constants().size());
    assertEquals(List.of("a", "b"), List.copyOf(found.inputs().keySet()));
    assertEquals(List.of("shared", "shared_1"), List.copyOf(found.outputs().keySet()));
  }

  @Test
  void dropoutDisappears() {
    Node x = Input.of(4);
    Node y = new Dropout(0.5).name("drop").on(x);
    OnnxReader.Model found = read(new Model(x, y), true);
    assertEquals(List.of("Identity"), found.types());
    assertEquals(Map.of("drop", "batch[4]"), found.outputs());
  }

  @Test
  void anOpWithoutARuleIsOneErrorThatNamesOpLayerAndModel() throws IOException {
    Node x = Input.of(4);
    Node y = new OpLayer("odd", new MeanSquaredError()).on(x, x);
    Model model = new Model("mine", List.of(x), List.of(y));
    Path file = directory.resolve("x.onnx");
    Exception e = assertThrows(IllegalArgumentException.class, () -> OnnxFile.save(model, file));
    assertTrue(
        e.getMessage().startsWith("Model 'mine', layer 'odd': ")
            && e.getMessage().contains("MeanSquaredError"),
        e.getMessage());
    assertEmpty();
  }

  @Test
  void moreThanAMessageMayHoldIsRefused() {
    Model model = convolution(true);
    long size = OnnxFile.message(model, true, Integer.MAX_VALUE).size();
    assertEquals(size, OnnxFile.message(model, true, size).size());
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> OnnxFile.message(model, true, size - 1));
    assertTrue(e.getMessage().startsWith("Model 'small': expected at most "), e.getMessage());
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Path file = directory.resolve("x.onnx");
    Files.writeString(file, "what was there before");
    OnnxFile.save(convolution(true), file);
    byte[] first = Files.readAllBytes(file);
    OnnxFile.save(convolution(true), file);
    assertArrayEquals(first, Files.readAllBytes(file));
    assertEquals(
        OnnxReader.read(first).nodes(), read(convolution(true), true).nodes(), "as in memory");
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aFileThatCanNotBeWrittenIsNamedAndLeavesNothing() throws IOException {
    Path missing = directory.resolve("missing").resolve("x.onnx");
    Exception e = assertThrows(IOException.class, () -> OnnxFile.save(convolution(true), missing));
    assertEquals(
        missing + ": can not be written: " + missing.getParent() + " does not exist",
        e.getMessage());
    assertFalse(Files.exists(missing.getParent()));
    Path folder = Files.createDirectory(directory.resolve("folder"));
    e = assertThrows(IOException.class, () -> OnnxFile.save(convolution(true), folder));
    assertEquals(folder + ": can not be written: is a directory", e.getMessage());
    Files.delete(folder);
    assertEmpty();
  }

  private void assertEmpty() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
