package io.github.lanewise.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

  @TempDir Path directory;

  /** Training has met no recording before the first one. */
  @BeforeAll
  static void trainUnseen() {
    TinyTraining.fit(TinyTraining.model(), 1);
  }

  private List<RecordedEvent> recorded(Runnable work) throws IOException {
    Path file = directory.resolve("test.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(Profile.LAYER);
      recording.enable(Profile.TRAINING_STEP);
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = new ArrayList<>(RecordingFile.readAllEvents(file));
    events.sort((a, b) -> a.getStartTime().compareTo(b.getStartTime()));
    return events;
  }

  private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
    return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
  }

  @Test
  void aRecordingHasEachOpOfEachLayerForwardAndBackwardOnceAStep() throws IOException {
    List<RecordedEvent> events =
        named(Profile.LAYER, recorded(() -> TinyTraining.fit(TinyTraining.model(), 1)));
    Map<String, Integer> counts = new TreeMap<>();
    for (RecordedEvent e : events) {
      String key = e.getString("layer") + " " + e.getString("op") + " " + e.getString("shape");
      counts.merge(e.getString("pass") + " " + key, 1, Integer::sum);
      assertTrue(e.getDuration().toNanos() > 0, e::toString);
    }
    Map<String, Integer> expected = new TreeMap<>();
    for (String pass : List.of("FORWARD", "BACKWARD")) {
      expected.put(pass + " convolution Conv2d (4, 16, 16, 16)", TinyTraining.STEPS);
      expected.put(pass + " convolution Relu (4, 16, 16, 16)", TinyTraining.STEPS);
      expected.put(pass + " average GlobalAveragePool2d (4, 16)", TinyTraining.STEPS);
      expected.put(pass + " head Dense (4, 1)", TinyTraining.STEPS);
      expected.put(pass + "  BinaryCrossentropy ()", TinyTraining.STEPS);
    }
    expected.put("FORWARD head Sigmoid (4, 1)", TinyTraining.STEPS);
    assertEquals(expected, counts);
  }

  @Test
  void eachStepOfTrainingHasAnEventThatItsLayersLieIn() throws IOException {
    History[] history = new History[1];
    List<RecordedEvent> events =
        recorded(() -> history[0] = TinyTraining.fit(TinyTraining.model(), 2));
    List<RecordedEvent> steps = named(Profile.TRAINING_STEP, events);
    assertEquals(2 * TinyTraining.STEPS, steps.size());
    List<RecordedEvent> layers = named(Profile.LAYER, events);
    int within = 0;
    double[] losses = new double[2];
    for (int i = 0; i < steps.size(); i++) {
      RecordedEvent step = steps.get(i);
      assertEquals(i / TinyTraining.STEPS, step.getInt("epoch"));
      assertEquals(i % TinyTraining.STEPS, step.getInt("batch"));
      assertEquals(TinyTraining.BATCH, step.getInt("samples"));
      losses[step.getInt("epoch")] += step.getDouble("loss") / TinyTraining.STEPS;
      long sum = 0;
      for (RecordedEvent layer : layers) {
        if (!layer.getStartTime().isBefore(step.getStartTime())
            && !layer.getEndTime().isAfter(step.getEndTime())) {
          within++;
          sum += layer.getDuration().toNanos();
        }
      }
      assertTrue(sum > 0 && sum <= step.getDuration().toNanos(), step::toString);
    }
    assertEquals(layers.size(), within);
    for (int epoch = 0; epoch < 2; epoch++) {
      assertEquals(history[0].get("loss").get(epoch), losses[epoch], 1e-6);
    }
  }

  @Test
  void aRunOfASessionHasAnEventForEachStepOfThePlan() throws IOException {
    InferencePlan plan = InferencePlan.compile(TinyTraining.model());
    InferenceSession session = plan.session(Compute.threads(1), 1);
    List<RecordedEvent> events = recorded(() -> session.run(Tensor.zeros(1, 16, 16, 16)));
    assertEquals("Input", events.get(0).getString("op"));
    List<RecordedEvent> steps = events.subList(1, events.size());
    List<String> expected =
        plan.explain(1).lines().skip(1).map(l -> l.substring(0, l.indexOf(' '))).toList();
    assertEquals(expected, steps.stream().map(e -> e.getString("layer")).toList());
    RecordedEvent convolution = steps.get(0);
    assertEquals("Conv2d", convolution.getString("op"));
    assertEquals("INFERENCE", convolution.getString("pass"));
    assertEquals("(1, 16, 16, 16)", convolution.getString("shape"));
    String algorithm = convolution.getString("algorithm");
    assertTrue(!algorithm.isEmpty() && plan.explain(1).contains(algorithm), algorithm);
  }

  @Test
  void theAlgorithmOfAConvolutionIsRecorded() throws IOException {
    List<RecordedEvent> events = recorded(() -> TinyTraining.fit(TinyTraining.model(), 1));
    RecordedEvent convolution =
        named(Profile.LAYER, events).stream()
            .filter(e -> e.getString("op").equals("Conv2d"))
            .findFirst()
            .orElseThrow();
    boolean simd = KernelSelector.kernels().getClass().getSimpleName().startsWith("Simd");
    assertEquals(simd ? "winograd" : "direct", convolution.getString("algorithm"));
  }

  @Test
  void thePackedFilterIsOfTheAlgorithmThatIsTold() {
    var kernels = KernelSelector.kernels();
    for (int size : new int[] {4, 16}) {
      var g = Conv2d.of(Padding.SAME).geometry(Shape.of(1, size, size, 16), Shape.of(3, 3, 16, 16));
      for (Conv2dAlgorithm most : Conv2dAlgorithm.values()) {
        String told = kernels.bestAlgorithm(g, most).name().toLowerCase(Locale.ROOT);
        String packed = kernels.packFilter(g, new float[9 * 256], 0, most).algorithm();
        assertTrue(packed.toLowerCase(Locale.ROOT).startsWith(told), packed + " " + told);
      }
    }
  }

  @Test
  void aRecordingThatDoesNotAskForThemHasNone() throws IOException, ParseException {
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.start();
      assertNull(Profile.layer());
      assertNull(Profile.trainingStep());
      recording.enable(Profile.LAYER);
      assertNotNull(Profile.layer());
      assertNull(Profile.trainingStep());
    }
    assertNull(Profile.layer());
  }

  @Test
  void aJvmWithoutAFlightRecorderTrainsAndPredicts() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules=java.base,java.desktop",
                "-cp",
                System.getProperty("java.class.path"),
                TinyTraining.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("without a recorder: loss "), output);
  }
}
