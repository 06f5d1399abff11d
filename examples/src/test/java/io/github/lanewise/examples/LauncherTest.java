package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a directory of its own with JDKs that only say how they are called. */
class LauncherTest {

  private static final Path SHELL = Path.of("/bin/sh");
  private static final String TOOLS = "/usr/bin:/bin";

  @TempDir Path directory;
  private Path root = Path.of("");
  private Path launcher = Path.of("");
  private final Map<String, String> environment = new LinkedHashMap<>();

  private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

  private record Result(int exitCode, String out, String err) {

    /** What java was started with, but for what depends on this machine. */
    List<String> arguments() {
      return out.lines().filter(line -> !line.equals(HUGE_PAGES)).toList();
    }
  }

  @BeforeEach
  void copyLauncher() throws IOException {
    Path original = Path.of("..", "lanewise");
    assumeTrue(Files.isExecutable(SHELL), "no " + SHELL);
    assumeTrue(Files.isExecutable(original), "no launcher at the root");
    root = Files.createDirectories(directory.resolve("a root"));
    launcher = Files.copy(original, root.resolve("lanewise"));
    assertTrue(launcher.toFile().setExecutable(true));
    environment.put("PATH", TOOLS);
    environment.put("HOME", directory.toString());
  }

  private void writeJar() throws IOException {
    Path target = Files.createDirectories(root.resolve("examples/target"));
    Files.writeString(target.resolve("lanewise.jar"), "a jar");
    // As where these JDKs have been found to make no archives: nothing goes on beside the launcher.
    for (String version : List.of("25.0.1", "999.0.10")) {
      archive(version, "");
    }
  }

  /** Writes the archive of a JDK, newer than the jar. */
  private Path archive(String version, String content) throws IOException {
    Path target = Files.createDirectories(root.resolve("examples/target"));
    Path file = Files.writeString(target.resolve("lanewise-" + version + ".jsa"), content);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  /** A JDK that archives classes, and otherwise is as the others. */
  private Path archivingJdk() throws IOException {
    Path home = jdk("jdk", "25.0.1");
    program(
        home.resolve("bin/java"),
        """
        for a in "$@"; do case $a in
          -XX:DumpLoadedClassList=*) echo "$*" > "${a#*=}"; exit 0;;
          -XX:SharedClassListFile=*) list=${a#*=};;
          -XX:SharedArchiveFile=*) archive=${a#*=};;
          -Xshare:dump) dump=1;;
        esac; done
        if [ -n "${dump-}" ]; then cat "$list" > "$archive"; exit 0; fi
        printf '%s\\n' 'java 25.0.1' "$@"; exit 7""");
    return home;
  }

  private String sharedArchive() throws IOException {
    return "-XX:SharedArchiveFile=" + jar().replace(".jar", "-25.0.1.jsa");
  }

  private static Path program(Path file, String script) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  /** A JDK whose java prints its own version and its arguments and ends with exit code 7. */
  private Path jdk(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    program(home.resolve("bin/java"), "printf '%s\\n' 'java " + version + "' \"$@\"; exit 7");
    program(home.resolve("bin/javac"), "exit 0");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Result run(Path program, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(SHELL.toString(), program.toString()));
    command.addAll(List.of(args));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Result(
        exitCode,
        Files.readString(out, Charset.defaultCharset()),
        Files.readString(err, Charset.defaultCharset()));
  }

  private String jar() throws IOException {
    return root.toRealPath().resolve("examples/target/lanewise.jar").toString();
  }

  @Test
  void javaHomeIsUsedAndArgumentsAndExitCodePassThrough() throws Exception {
    writeJar();
    environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    Result result = run(launcher, "predict", "a picture.jpg", "*");
    assertEquals(7, result.exitCode(), result.err());
    assertEquals(
        List.of(
            "java 25.0.1",
            "--add-modules",
            "jdk.incubator.vector",
            "-XX:ObjectAlignmentInBytes=64",
            "-XX:+UseSerialGC",
            "-Xmn16m",
            "-jar",
            jar(),
            "predict",
            "a picture.jpg",
            "*"),
        result.arguments());
    assertEquals("", result.err());
  }

  @Test
  void whatTrainsGetsRoomForAFewBatchesOfYoungObjects() throws Exception {
    writeJar();
    environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    for (String arguments :
        List.of("dogs-vs-cats", "benchmark --train head", "benchmark --train=head")) {
      assertTrue(run(launcher, arguments.split(" ")).arguments().contains("-Xmn64m"), arguments);
    }
  }

  @Test
  void hugePagesAreAskedForWhereTheSystemHasThem() throws Exception {
    writeJar();
    environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    Path setting = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    boolean there = Files.exists(setting) && !Files.readString(setting).contains("[never]");
    assertEquals(there, run(launcher).out().lines().toList().contains(HUGE_PAGES));
  }

  @Test
  void javaOptsAreSplitAtBlanks() throws Exception {
    writeJar();
    environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    environment.put("JAVA_OPTS", "-Xmx1g -Da=b");
    List<String> lines = run(launcher).arguments();
    assertEquals(List.of("-Xmx1g", "-Da=b", "-jar"), lines.subList(6, 9));
  }

  @Test
  void theSerialCollectorIsLeftOutForTheServerAndWhereJavaOptsNameAnother() throws Exception {
    writeJar();
    environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    assertEquals("-jar", run(launcher, "serve", "--port", "0").arguments().get(4));
    environment.put("JAVA_OPTS", "-Xmx1g -XX:+UseG1GC");
    assertEquals(
        List.of("-Xmx1g", "-XX:+UseG1GC", "-jar"),
        run(launcher, "benchmark").arguments().subList(4, 7));
  }

  @Test
  void aLinkToTheLauncherFindsTheJar() throws Exception {
    writeJar();
    environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path relative =
        Files.createSymbolicLink(bin.resolve("lw"), Path.of("..", "a root", "lanewise"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), relative);
    assertTrue(run(link).out().contains(jar()));
  }

  @Test
  void aJavaHomeWithoutJavaIsAnError() throws Exception {
    writeJar();
    environment.put("JAVA_HOME", directory.resolve("nowhere").toString());
    Result result = run(launcher);
    assertEquals(1, result.exitCode());
    assertEquals(
        "lanewise: JAVA_HOME is " + directory.resolve("nowhere") + ", where there is no bin/java",
        result.err().strip());
  }

  @Test
  void aJavaHomeThatIsTooOldIsAnError() throws Exception {
    writeJar();
    environment.put("JAVA_HOME", jdk("jdk", "1.8.0_392").toString());
    Result result = run(launcher);
    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("expected a JDK from 17 up, found 1.8.0_392"), result.err());
  }

  @Test
  void withoutJavaHomeItIsTheNewestJdk() throws Exception {
    writeJar();
    jdk(".sdkman/candidates/java/999.0.2", "999.0.2");
    jdk(".sdkman/candidates/java/999.0.10", "999.0.10");
    jdk(".jdks/998", "998.1");
    jdk(".jdks/early", "997-ea");
    assertTrue(run(launcher).out().startsWith("java 999.0.10\n"));
  }

  @Test
  void withoutTheJarItIsBuiltOnTheSameJdkWithMavensOutputOnStderr() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    Path bin = directory.resolve("maven");
    program(
        bin.resolve("mvn"),
        "echo built in \"$PWD\" on \"$JAVA_HOME\" with \"$@\"\n"
            + "mkdir -p examples/target && echo jar > examples/target/lanewise.jar");
    environment.put("PATH", bin + ":" + TOOLS);
    Result result = run(launcher, "summary");
    assertEquals(7, result.exitCode(), result.err());
    assertEquals("summary", result.arguments().get(8));
    assertTrue(
        result.err().contains("built in " + root.toRealPath() + " on " + directory.resolve("jdk")),
        result.err());
    assertTrue(result.err().contains("-pl examples -am package"), result.err());
  }

  @Test
  void anArchiveOfClassesIsMadeAfterTheBuildAndUsedAtOnce() throws Exception {
    environment.put("JAVA_HOME", archivingJdk().toString());
    Path bin = directory.resolve("maven");
    program(
        bin.resolve("mvn"), "mkdir -p examples/target && echo jar > examples/target/lanewise.jar");
    environment.put("PATH", bin + ":" + TOOLS);
    Result result = run(launcher, "summary");
    assertEquals(7, result.exitCode(), result.err());
    assertEquals(
        List.of(sharedArchive(), "-Xlog:cds*=off", "-jar"), result.arguments().subList(6, 9));
    Path archive = root.resolve("examples/target/lanewise-25.0.1.jsa");
    assertTrue(Files.readString(archive).contains(Rehearsal.class.getName()));
  }

  @Test
  void anArchiveThatIsOlderThanTheJarIsLeftOutAndMadeAgainBesideTheCommand() throws Exception {
    writeJar();
    environment.put("JAVA_HOME", archivingJdk().toString());
    Path archive = archive("25.0.1", "stale");
    Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(60)));
    assertEquals("-jar", run(launcher, "summary").arguments().get(6));
    for (int i = 0; i < 1000 && Files.readString(archive).equals("stale"); i++) {
      Thread.sleep(10);
    }
    assertTrue(Files.readString(archive).contains(Rehearsal.class.getName()));
    assertTrue(run(launcher, "summary").arguments().contains(sharedArchive()));
  }

  @Test
  void aJdkBelow25MakesNoArchiveAndUsesNone() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk", "24.0.2").toString());
    Path bin = directory.resolve("maven");
    program(
        bin.resolve("mvn"), "mkdir -p examples/target && echo jar > examples/target/lanewise.jar");
    environment.put("PATH", bin + ":" + TOOLS);
    Path archive = root.resolve("examples/target/lanewise-24.0.2.jsa");
    assertEquals(7, run(launcher, "summary").exitCode());
    assertFalse(Files.exists(archive));
    archive("24.0.2", "found");
    assertEquals("-jar", run(launcher, "summary").arguments().get(5));
    assertEquals("found", Files.readString(archive));
  }

  @Test
  void aJdkThatMakesNoArchiveIsAskedForItOnce() throws Exception {
    Path asked = directory.resolve("asked");
    Path home = jdk("jdk", "25.0.1");
    program(home.resolve("bin/java"), "echo \"$@\" >> '" + asked + "'; exit 7");
    environment.put("JAVA_HOME", home.toString());
    Path bin = directory.resolve("maven");
    program(
        bin.resolve("mvn"), "mkdir -p examples/target && echo jar > examples/target/lanewise.jar");
    environment.put("PATH", bin + ":" + TOOLS);
    for (int i = 0; i < 2; i++) {
      Result result = run(launcher, "summary");
      assertEquals(7, result.exitCode());
      assertFalse(result.err().contains("rchive"), result.err());
    }
    List<String> calls = Files.readAllLines(asked);
    assertEquals(3, calls.size());
    assertTrue(calls.get(0).contains(Rehearsal.class.getName()));
    assertFalse(calls.get(1).contains("SharedArchiveFile"), calls.get(1));
    assertFalse(calls.get(2).contains("SharedArchiveFile"), calls.get(2));
  }

  @Test
  void aFailedBuildIsAnError() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    Path bin = directory.resolve("maven");
    program(bin.resolve("mvn"), "exit 3");
    environment.put("PATH", bin + ":" + TOOLS);
    Result result = run(launcher);
    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("the build failed"), result.err());
  }

  @Test
  void withoutJarAndMavenTheErrorNamesBoth() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk", "25.0.1").toString());
    Path bin = Files.createDirectories(directory.resolve("bin"));
    for (String tool : List.of("dirname", "sed", "awk", "readlink")) {
      for (String place : TOOLS.split(":", -1)) {
        Path file = Path.of(place, tool);
        if (Files.exists(file) && !Files.exists(bin.resolve(tool))) {
          Files.createSymbolicLink(bin.resolve(tool), file);
        }
      }
    }
    environment.put("PATH", bin.toString());
    Result result = run(launcher);
    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("lanewise.jar is not there yet"), result.err());
    assertTrue(result.err().contains("Maven (mvn)"), result.err());
  }
}
