package io.github.lanewise.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A page as Chromium shows it.
 *
 * @param screenshot 1100 pixels wide
 * @param console what the page's console says
 * @param requests the addresses that the page asked for, but for files and data; not Chromium's own
 */
record Chromium(BufferedImage screenshot, List<String> console, List<String> requests) {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** A request in the log of the network; those without an origin are Chromium's own. */
  private static final Pattern REQUEST =
      Pattern.compile(
          "\"initiator\":\"(?!not an origin)[^\\n]*\"url\":\"((?!file:|data:)[^\"]*)\"");

  /** Opens a file; a test that calls this is skipped where there is no Chromium. */
  static Chromium open(Path page, boolean dark, Path directory) throws Exception {
    Optional<Path> program =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "there is no Chromium on the PATH");
    Path profile = Files.createTempDirectory(directory, "profile");
    Path screenshot = profile.resolve("page.png");
    Path log = profile.resolve("log.txt");
    Path net = profile.resolve("net.json");
    Process process =
        new ProcessBuilder(
                program.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + profile,
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                "--window-size=1100,3000",
                "--log-net-log=" + net,
                "--enable-logging=stderr",
                "--screenshot=" + screenshot,
                page.toUri().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "Chromium does not end");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(0, process.exitValue(), () -> read(log));
    List<String> console = read(log).lines().filter(line -> line.contains("CONSOLE")).toList();
    Matcher urls = REQUEST.matcher(read(net));
    List<String> requests = urls.results().map(result -> result.group(1)).distinct().toList();
    return new Chromium(ImageIO.read(screenshot.toFile()), console, requests);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
