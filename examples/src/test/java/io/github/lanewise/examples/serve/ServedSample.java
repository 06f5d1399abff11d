package io.github.lanewise.examples.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.examples.sample.DrawnPictures;
import io.github.lanewise.examples.sample.Sample;
import io.github.lanewise.examples.transfer.Head;
import io.github.lanewise.examples.transfer.PictureInput;
import io.github.lanewise.examples.transfer.PictureInput.Scaling;
import io.github.lanewise.examples.transfer.Prediction;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.examples.transfer.Trunk;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.PictureReader;
import io.github.lanewise.image.Rescale;
import io.github.lanewise.image.Resize;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;

/**
 * A server of the embedded sample's trunk at the smallest size with an untrained head, a client of
 * it, drawn pictures, and what the model says of each of them alone.
 */
final class ServedSample implements AutoCloseable {

  static final PictureInput INPUT = new PictureInput(75, Resize.NEAREST, Scaling.SYMMETRIC);
  static final SavedHead SAVED =
      new SavedHead("mixed7", INPUT, null, 0.2, DrawnPictures.classNames(), null, null, 5L);
  static final Head HEAD =
      Head.on(
          Trunk.sample(new Sample(5, 75), "mixed7", INPUT.scaling(), Compute.standard()), 0.2, 1);
  static final List<byte[]> PICTURES = draw();
  static final List<Prediction> ALONE = alone();

  static final int MAX_BODY = 200_000;

  final List<Throwable> failures = new CopyOnWriteArrayList<>();
  final Classifier classifier;
  final PredictionServer server;
  final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  ServedSample(int queue, Duration timeout) throws IOException {
    ServerOptions options = new ServerOptions("127.0.0.1", 0, MAX_BODY, queue, 8, 5, timeout);
    classifier = new Classifier(SAVED, HEAD.model(), "mixed7", Compute.standard(), options);
    server = PredictionServer.start(options, classifier, failures::add);
  }

  private static List<byte[]> draw() {
    DrawnPictures drawn = DrawnPictures.draw(16, 90, Rescale.UNIT, 3);
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      files.add(png(drawn.picture(i)));
    }
    return files;
  }

  static byte[] png(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        image.setRGB(
            x, y, picture.at(y, x, 0) << 16 | picture.at(y, x, 1) << 8 | picture.at(y, x, 2));
      }
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Prediction> alone() {
    InferenceSession session = InferencePlan.compile(HEAD.model()).session(Compute.standard(), 1);
    return PICTURES.stream()
        .map(file -> Prediction.of(SAVED.labels(), session.run(input(file)).get(0).get(0, 0)))
        .toList();
  }

  /** What the network sees of a picture. */
  static Tensor input(byte[] file) {
    try {
      Tensor x = Tensor.zeros(1, 75, 75, 3);
      INPUT.write(PictureReader.asStored().decode(file, "a drawing"), x.data(), 0);
      return x;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for what comes true a moment later. */
  static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "it takes too long");
      Thread.sleep(20);
    }
  }

  URI uri(String path) {
    return server.uri().resolve(path);
  }

  HttpRequest post(String path, BodyPublisher body) {
    return HttpRequest.newBuilder(uri(path)).POST(body).timeout(Duration.ofSeconds(30)).build();
  }

  HttpResponse<String> predict(byte[] body) throws Exception {
    return client.send(post("/predict", BodyPublishers.ofByteArray(body)), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  /** The value of a sample of /metrics, with its labels as they are written. */
  double metric(String sample) throws Exception {
    for (String line : get("/metrics").body().lines().toList()) {
      if (line.startsWith(sample + " ")) {
        return Double.parseDouble(line.substring(sample.length() + 1));
      }
    }
    return 0;
  }

  /** Writes a head's file, for commands. */
  static void write(Path file) throws IOException {
    SAVED.write(HEAD, file);
  }

  @Override
  public void close() {
    server.close();
  }
}
