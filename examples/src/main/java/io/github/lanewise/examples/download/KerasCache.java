package io.github.lanewise.examples.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.ZipException;

/**
 * Keras's cache folder: {@code $KERAS_HOME}, or {@code .keras} in the home directory ({@code
 * keras/src/utils/file_utils.py}). Weights lie in {@code models}, pictures in {@code datasets}.
 *
 * @param directory the folder, which need not exist
 */
public record KerasCache(Path directory) {

  /** The official InceptionV3 weights without the top. */
  public static final String WEIGHTS = "inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5";

  /** Their MD5, as {@code keras/src/applications/inception_v3.py} has it. */
  public static final String WEIGHTS_MD5 = "bcbd6486424b2319ff4ef7d526e38f63";

  /** The folder of photographs in the course's zip file. */
  public static final String PICTURES = "cats_and_dogs_filtered";

  private static final String WEIGHTS_FOLDER =
      "https://storage.googleapis.com/tensorflow/keras-applications/inception_v3/";
  private static final String PICTURES_FOLDER = "https://storage.googleapis.com/mledu-datasets/";

  /** The folder that the environment names. */
  public static KerasCache of(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault("KERAS_HOME", "");
    return new KerasCache(named.isEmpty() ? home.resolve(".keras") : Path.of(named));
  }

  /** The folder of this process. */
  public static KerasCache standard() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** A weight file of this name, where there is one. */
  public Optional<Path> weights(String name) {
    return Optional.of(models().resolve(name)).filter(Files::isRegularFile);
  }

  /** The photographs, where they are: a directory with {@code train} and {@code validation}. */
  public Optional<Path> pictures() {
    return List.of(
            datasets().resolve(PICTURES),
            datasets().resolve(PICTURES).resolve(PICTURES),
            datasets().resolve(PICTURES + "_extracted").resolve(PICTURES))
        .stream()
        .filter(d -> Files.isDirectory(d.resolve("train")))
        .filter(d -> Files.isDirectory(d.resolve("validation")))
        .findFirst();
  }

  /**
   * Fetches the official weights, where they are not there.
   *
   * @param progress gives the listener for a file's name
   * @throws IOException if that fails
   */
  public Path fetchWeights(Function<String, Transfer> progress) throws IOException {
    return fetchWeights(
        new Download(URI.create(WEIGHTS_FOLDER + WEIGHTS), models().resolve(WEIGHTS), WEIGHTS_MD5),
        Patience.STANDARD,
        progress);
  }

  static Path fetchWeights(
      Download download, Patience patience, Function<String, Transfer> progress)
      throws IOException {
    download.run(patience, progress.apply(String.valueOf(download.target().getFileName())));
    return download.target();
  }

  /**
   * Fetches the photographs, where they are not there.
   *
   * @param progress gives the listener for a file's name
   * @throws IOException if that fails
   */
  public Path fetchPictures(Function<String, Transfer> progress) throws IOException {
    return fetchPictures(
        URI.create(PICTURES_FOLDER + PICTURES + ".zip"), Patience.STANDARD, progress);
  }

  Path fetchPictures(URI source, Patience patience, Function<String, Transfer> progress)
      throws IOException {
    Optional<Path> present = pictures();
    if (present.isPresent()) {
      return present.get();
    }
    Path target = datasets().resolve(PICTURES);
    if (Files.exists(target)) {
      throw new IOException(
          target + ": expected folders train and validation; remove it to have it fetched again");
    }
    Path zip = datasets().resolve(PICTURES + ".zip");
    new Download(source, zip, null)
        .run(patience, progress.apply(String.valueOf(zip.getFileName())));
    try {
      Unzip.folder(zip, PICTURES, target);
    } catch (ZipException e) {
      // No digest is known of this file: a damaged one must not stay for the next run.
      Files.deleteIfExists(zip);
      throw e;
    }
    return target;
  }

  private Path models() {
    return directory.resolve("models");
  }

  private Path datasets() {
    return directory.resolve("datasets");
  }
}
