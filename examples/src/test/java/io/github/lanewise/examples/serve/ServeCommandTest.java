package io.github.lanewise.examples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.lanewise.examples.Main;
import io.github.lanewise.examples.cli.LanewiseCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in a JVM of its own, as signals and the JDK's settings are the whole JVM's. */
@Timeout(90)
class ServeCommandTest {

  private static final byte[] PICTURE = ServedSample.PICTURES.get(0);
  private static final int SLOW = 30;

  @TempDir Path directory;

  private Process start(String... more) throws IOException {
    Path model = directory.resolve("model.h5");
    ServedSample.write(model);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--model",
                model.toString(),
                "--port",
                "0"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(directory.resolve("err").toFile()).start();
  }

  @Test
  void itServesPicturesDropsSlowClientsAndEndsOnASignalAfterItsLastAnswer() throws Exception {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no signals");
    Process process = start("--timeout", "2");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = String.valueOf(out.readLine());
      assertTrue(
          line.startsWith("Listening on http://127.0.0.1:"),
          () -> line + Arrays.toString(errors()));
      URI uri = URI.create(line.substring(line.indexOf("http")));
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

      List<RawClient> slow = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        slow.add(new RawClient(uri).send("POST /predict HTTP/1.1\r\nHost: x\r\nA"));
      }
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri.resolve("/predict"))
                  .POST(BodyPublishers.ofByteArray(PICTURE))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      String label = ServedSample.ALONE.get(0).name();
      assertTrue(answer.body().startsWith("{\"label\":\"" + label + "\""), answer.body());
      for (RawClient each : slow) {
        try (each) {
          assertEquals("", each.rest(), "closed");
        }
      }

      try (RawClient half = new RawClient(uri)) {
        half.announce("?explain=true", PICTURE.length).send(Arrays.copyOf(PICTURE, 50));
        awaitInFlight(client, uri);
        // Unlike Process.destroy, this leaves the streams open.
        process.toHandle().destroy();
        HttpResponse<String> late;
        do {
          late =
              client.send(
                  HttpRequest.newBuilder(uri.resolve("/healthz")).build(), BodyHandlers.ofString());
        } while (late.statusCode() == 200);
        assertEquals(503, late.statusCode());
        half.send(Arrays.copyOfRange(PICTURE, 50, PICTURE.length));
        String last = half.rest();
        assertTrue(last.startsWith("HTTP/1.1 200 OK"), last);
        assertTrue(last.contains("\"heat_map_png\":\"iVBOR"), last);
      }
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it ends");
      assertEquals(0, process.exitValue());
      assertEquals("Stopped", out.readLine());
      assertFalse(Arrays.toString(errors()).contains("lanewise:"), () -> Arrays.toString(errors()));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Waits until the server works on two requests, the one that asks being one of them. */
  private static void awaitInFlight(HttpClient client, URI uri) throws Exception {
    HttpRequest metrics = HttpRequest.newBuilder(uri.resolve("/metrics")).build();
    while (!client
        .send(metrics, BodyHandlers.ofString())
        .body()
        .contains("\nlanewise_requests_in_flight 2\n")) {
      Thread.sleep(5);
    }
  }

  private String[] errors() {
    try {
      return Files.readString(directory.resolve("err"), Charset.defaultCharset()).split("\n");
    } catch (IOException e) {
      return new String[] {e.toString()};
    }
  }

  @Test
  void aPortThatIsTakenIsAnErrorThatNamesIt() throws Exception {
    try (ServedSample other = new ServedSample(1, Duration.ofSeconds(1))) {
      int port = other.server.uri().getPort();
      Path model = directory.resolve("model.h5");
      ServedSample.write(model);
      StringWriter err = new StringWriter();
      int exitCode =
          LanewiseCommand.run(
              new PrintWriter(new StringWriter()),
              new PrintWriter(err, true),
              "serve",
              "--model",
              model.toString(),
              "--port",
              Integer.toString(port));
      assertEquals(1, exitCode);
      assertEquals(
          "lanewise: 127.0.0.1:" + port + ": can not listen there: Address already in use",
          err.toString().strip());
    }
  }
}
