package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.serve.Classifier;
import io.github.lanewise.examples.serve.JdkServerSettings;
import io.github.lanewise.examples.serve.PredictionServer;
import io.github.lanewise.examples.serve.ServerOptions;
import io.github.lanewise.examples.transfer.Material;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.kernels.Compute;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Classifies pictures over HTTP. */
@Command(
    name = "serve",
    description = {
      "Classifies pictures over HTTP, as predict and explain do: a page to drop a picture on;"
          + " POST /predict, whose body is a picture file and whose answer is JSON with label and"
          + " probability, and with ?explain=true also a heat map as a PNG in Base64; /healthz;"
          + " /metrics in Prometheus's text format. Pictures that arrive together are classified"
          + " together. There is no password: on another host than the default, everybody who"
          + " reaches the port may use it. On SIGTERM or Ctrl-C it answers what it has accepted"
          + " and ends with exit code 0."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;
  private static final long LARGEST_BODY = 1 << 30;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin ComputeOptions computing = new ComputeOptions();
  @Mixin HeadOptions head = new HeadOptions();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "The name or address to listen on (default: ${DEFAULT-VALUE}).")
  String host = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      defaultValue = Material.LAYER,
      description = "The layer that heat maps are made of (default: ${DEFAULT-VALUE}).")
  String layer = Material.LAYER;

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      defaultValue = "16m",
      converter = ByteSize.class,
      description =
          "The largest picture file; a larger one is answered with 413 (default:"
              + " ${DEFAULT-VALUE}).")
  long maxBody;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "128",
      description =
          "Pictures that wait or are worked on at a time at most; what is more is answered with 503"
              + " (default: ${DEFAULT-VALUE}).")
  int queue;

  @Option(
      names = "--wait",
      paramLabel = "MS",
      defaultValue = "2",
      description =
          "How long a picture waits for others to be classified with, in milliseconds (default:"
              + " ${DEFAULT-VALUE}).")
  int waitMillis;

  @Option(
      names = "--timeout",
      paramLabel = "S",
      defaultValue = "10",
      description =
          "How long a client may take to send a request, and to take an answer, in seconds"
              + " (default: ${DEFAULT-VALUE}).")
  int timeout;

  @Override
  public Integer call() throws IOException {
    Compute compute = computing.compute();
    Values.require(spec, port >= 0 && port <= HIGHEST_PORT, "--port", "0 to " + HIGHEST_PORT, port);
    Values.require(spec, maxBody >= 1 && maxBody <= LARGEST_BODY, "--max-body", "1 to 1g", maxBody);
    Values.atLeast(spec, 1, "--queue", queue);
    Values.atLeast(spec, 0, "--wait", waitMillis);
    Values.atLeast(spec, 1, "--timeout", timeout);
    ServerOptions options =
        new ServerOptions(
            host,
            port,
            (int) maxBody,
            queue,
            computing.batch,
            waitMillis,
            Duration.ofSeconds(timeout));
    JdkServerSettings.apply(timeout);
    SavedHead saved = head.saved();
    Classifier classifier =
        new Classifier(saved, head.model(saved, compute), layer, compute, options);
    try {
      serve(PredictionServer.start(options, classifier, this::report));
    } finally {
      classifier.close();
    }
    return 0;
  }

  /** Serves until a signal ends this JVM, or this thread is interrupted. */
  private void serve(PredictionServer server) throws IOException {
    Thread stop = new Thread(() -> stop(server), "lanewise-serve-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    PrintWriter err = spec.commandLine().getErr();
    if (!InetAddress.getByName(host).isLoopbackAddress()) {
      err.println("lanewise: everybody who reaches " + server.uri() + " may use it");
      err.flush();
    }
    say("Listening on " + server.uri());
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(stop);
      server.close();
    }
  }

  /** The JVM's own exit code after a signal says that it was killed; to end like this is right. */
  private void stop(PredictionServer server) {
    server.close();
    say("Stopped");
    Runtime.getRuntime().halt(0);
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private void report(Throwable failure) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("lanewise: " + Failures.message(failure));
    err.flush();
  }
}
