package io.github.lanewise.examples.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.examples.report.ExplainedPicture;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.PictureReader;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.train.GradCam;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real client's requests, good ones and bad ones. */
@Timeout(60)
class PredictionServerTest {

  private static final int CLIENTS = 64;

  private static ServedSample sample;

  @BeforeAll
  static void start() throws IOException {
    sample = new ServedSample(128, Duration.ofSeconds(20));
  }

  @AfterAll
  static void stop() {
    sample.close();
  }

  @AfterEach
  void nothingUnexpectedHappened() {
    assertEquals(List.of(), sample.failures);
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    return JsonMapper.builder().build().readTree(response.body());
  }

  private static void assertAnswer(int picture, HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    JsonNode answer = json(response);
    assertEquals(ServedSample.ALONE.get(picture).name(), answer.get("label").asText());
    assertEquals(
        ServedSample.ALONE.get(picture).probability(),
        (float) answer.get("probability").asDouble());
  }

  private static void assertError(int code, HttpResponse<String> response) throws IOException {
    assertEquals(code, response.statusCode(), response.body());
    JsonNode answer = json(response);
    assertEquals(1, answer.size(), response.body());
    String message = answer.get("error").asText();
    assertTrue(message.length() > 10 && message.length() < 200, message);
    assertFalse(message.contains("Exception"), message);
  }

  @Test
  void everyOfManyClientsAtOnceGetsTheAnswerThatItsPictureGetsAlone() throws Exception {
    assertTrue(ServedSample.ALONE.stream().distinct().count() > 8, "answers that tell apart");
    double before = sample.metric("lanewise_batch_size_sum");
    double calls = sample.metric("lanewise_batch_size_count");
    for (int round = 0; round < 2; round++) {
      List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        byte[] picture = ServedSample.PICTURES.get(i % ServedSample.PICTURES.size());
        HttpRequest request = sample.post("/predict", BodyPublishers.ofByteArray(picture));
        responses.add(sample.client.sendAsync(request, BodyHandlers.ofString()));
      }
      for (int i = 0; i < CLIENTS; i++) {
        assertAnswer(i % ServedSample.PICTURES.size(), responses.get(i).get());
      }
    }
    assertEquals(2 * CLIENTS, sample.metric("lanewise_batch_size_sum") - before);
    calls = sample.metric("lanewise_batch_size_count") - calls;
    assertTrue(calls < CLIENTS, calls + " calls for " + 2 * CLIENTS);
  }

  @Test
  void theHeatMapIsThatOfTheAnsweredLabelOverTheSmallPicture() throws Exception {
    byte[] file = ServedSample.PICTURES.get(3);
    HttpResponse<String> response =
        sample.client.send(
            sample.post("/predict?explain=true", BodyPublishers.ofByteArray(file)),
            BodyHandlers.ofString());
    assertAnswer(3, response);
    byte[] png = Base64.getDecoder().decode(json(response).get("heat_map_png").asText());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    Picture picture = PictureReader.asStored().decode(file, "a drawing");
    GradCam gradCam = new GradCam(ServedSample.HEAD.model(), "mixed7", Compute.standard());
    BufferedImage expected =
        ExplainedPicture.draw(picture, gradCam.predicted(ServedSample.input(file)));
    assertArrayEquals(pixels(expected), pixels(image));
  }

  private static int[] pixels(BufferedImage image) {
    int width = image.getWidth();
    return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
  }

  @Test
  void aLargePictureIsShrunkForItsHeatMap() {
    Picture large = new Picture(1200, 600, new byte[1200 * 600 * 3]);
    Arrays.fill(large.rgb(), (byte) 200);
    Picture small = HeatMaps.small(large);
    assertEquals(512, small.width());
    assertEquals(256, small.height());
    assertEquals(200, small.at(255, 511, 2));
    assertEquals(1, HeatMaps.small(new Picture(2000, 1, new byte[6000])).height());
  }

  @Test
  void withoutExplainThereIsNoHeatMap() throws Exception {
    assertFalse(json(sample.predict(ServedSample.PICTURES.get(0))).has("heat_map_png"));
    HttpRequest no =
        sample.post(
            "/predict?explain=false", BodyPublishers.ofByteArray(ServedSample.PICTURES.get(0)));
    assertFalse(json(sample.client.send(no, BodyHandlers.ofString())).has("heat_map_png"));
  }

  @Test
  void whatIsNoPictureIsRefusedAndTheConnectionGoesOn() throws Exception {
    assertError(415, sample.predict("no picture".getBytes(StandardCharsets.UTF_8)));
    byte[] file = ServedSample.PICTURES.get(0);
    assertError(415, sample.predict(Arrays.copyOf(file, file.length / 2)));
    assertError(400, sample.predict(new byte[0]));
    assertAnswer(0, sample.predict(file));
  }

  @Test
  void aSmallFileOfAHugePictureIsRefused() throws Exception {
    byte[] file = ServedSample.PICTURES.get(0).clone();
    ByteBuffer.wrap(file).putInt(16, 10_000).putInt(20, 10_000);
    HttpResponse<String> response = sample.predict(file);
    assertError(415, response);
    assertTrue(response.body().contains("50000000 pixels"), response.body());
  }

  @Test
  void aFormIsRefusedWithAHint() throws Exception {
    HttpRequest form =
        HttpRequest.newBuilder(sample.uri("/predict"))
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString("--x--"))
            .build();
    assertError(415, sample.client.send(form, BodyHandlers.ofString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain", "explain=yes", "explian=true", "explain=true&more=1"})
  void queriesThatAreNotUnderstoodAreRefused(String query) throws Exception {
    HttpRequest request =
        sample.post("/predict?" + query, BodyPublishers.ofByteArray(ServedSample.PICTURES.get(0)));
    assertError(400, sample.client.send(request, BodyHandlers.ofString()));
  }

  @Test
  void hugeBodiesAreRefusedWhetherTheyTellTheirLengthOrNot() throws Exception {
    byte[] huge = new byte[20 * ServedSample.MAX_BODY];
    for (int round = 0; round < 3; round++) {
      assertError(413, sample.predict(huge));
      HttpRequest chunked =
          sample.post(
              "/predict", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge)));
      assertError(413, sample.client.send(chunked, BodyHandlers.ofString()));
    }
    assertEquals(0, sample.metric("lanewise_body_bytes"));
  }

  @Test
  void aBodyInChunksIsAPictureLikeOthers() throws Exception {
    byte[] file = ServedSample.PICTURES.get(5);
    HttpRequest chunked =
        sample.post("/predict", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file)));
    assertAnswer(5, sample.client.send(chunked, BodyHandlers.ofString()));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /predict, POST",
    "PUT, /predict, POST",
    "HEAD, /predict, POST",
    "POST, /, 'GET, HEAD'",
    "DELETE, /healthz, 'GET, HEAD'",
    "POST, /metrics, 'GET, HEAD'"
  })
  void otherMethodsAreRefusedWithThoseThatAreAllowed(String method, String path, String allowed)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(sample.uri(path))
            .method(method, BodyPublishers.ofString(method.equals("HEAD") ? "" : "body"))
            .build();
    HttpResponse<String> response = sample.client.send(request, BodyHandlers.ofString());
    assertEquals(405, response.statusCode());
    assertEquals(allowed, response.headers().firstValue("Allow").orElse(""));
    if (!method.equals("HEAD")) {
      assertError(405, response);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/predict/", "/Predict", "/page.html"})
  void otherPathsAreNotFound(String path) throws Exception {
    assertError(404, sample.get(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/metrics"})
  void headGivesTheHeadersOfGetWithoutABody(String path) throws Exception {
    HttpRequest head =
        HttpRequest.newBuilder(sample.uri(path)).method("HEAD", BodyPublishers.noBody()).build();
    HttpResponse<String> response = sample.client.send(head, BodyHandlers.ofString());
    HttpResponse<String> get = sample.get(path);
    assertEquals(200, response.statusCode());
    assertEquals("", response.body());
    assertEquals(
        get.headers().firstValue("Content-Type"), response.headers().firstValue("Content-Type"));
    long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (path.equals("/metrics")) {
      assertTrue(length > 500, "length " + length);
    } else {
      assertEquals(get.body().getBytes(StandardCharsets.UTF_8).length, length);
    }
  }

  @Test
  void thePageLoadsNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = sample.get("/");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().startsWith("<!doctype html>"), "HTML");
    assertTrue(page.body().contains("prefers-color-scheme: dark"), "dark");
    assertFalse(
        Pattern.compile("(src|href)=\"(?!data:)|@import|url\\(|https?:")
            .matcher(page.body())
            .find(),
        "self-contained");
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'; connect-src 'self'"), policy);
  }

  @Test
  void itIsHealthy() throws Exception {
    assertEquals("ok", json(sample.get("/healthz")).get("status").asText());
  }

  @Test
  void theMetricsAreInPrometheusFormatAndCount() throws Exception {
    double answered = sample.metric("lanewise_requests_total{path=\"/predict\",code=\"200\"}");
    double refused = sample.metric("lanewise_requests_total{path=\"/predict\",code=\"415\"}");
    double seconds = sample.metric("lanewise_predict_seconds_count");
    sample.predict(ServedSample.PICTURES.get(0));
    sample.predict("no picture".getBytes(StandardCharsets.UTF_8));
    sample.get("/made-up-by-a-client");
    assertEquals(
        answered + 1, sample.metric("lanewise_requests_total{path=\"/predict\",code=\"200\"}"));
    assertEquals(
        refused + 1, sample.metric("lanewise_requests_total{path=\"/predict\",code=\"415\"}"));
    assertEquals(seconds + 2, sample.metric("lanewise_predict_seconds_count"));
    HttpResponse<String> response = sample.get("/metrics");
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        response.headers().firstValue("Content-Type").orElse(""));
    assertFalse(response.body().contains("made-up"), "no labels made up by clients");
    PrometheusText text = PrometheusText.parse(response.body());
    for (String name :
        List.of("lanewise_queue_length", "lanewise_heap_used_bytes", "lanewise_batch_size")) {
      assertNotNull(text.types().get(name), name);
    }
    // Those just answered may still be counted for a moment; then it is the asking one alone.
    ServedSample.await(() -> sample.metric("lanewise_requests_in_flight") == 1);
  }
}
