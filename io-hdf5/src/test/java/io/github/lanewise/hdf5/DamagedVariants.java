package io.github.lanewise.hdf5;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.tensor.ShapeException;
import io.jhdf.checksum.ChecksumUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Reads damaged variants of a kind of file, in a JVM of its own whose memory is limited. Ends with
 * status 0 where each ended in one clear error or was read, and within two seconds; says what went
 * wrong otherwise. The same seed gives the same variants.
 */
final class DamagedVariants {

  private static final int VARIANTS = 200;
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final String CONFIG = "model_config";

  private static final long[] SIZES = {1L << 40, -1, 0, 1L << 62, Integer.MAX_VALUE, 1L << 31, 1};

  private final Path directory;
  private final String kind;
  private final Model model;
  private final SplittableRandom random;
  private final List<byte[]> bombs = new ArrayList<>();
  private int refused;

  private DamagedVariants(Path directory, String kind, Model model, long seed) {
    this.directory = directory;
    this.kind = kind;
    this.model = model;
    this.random = new SplittableRandom(seed);
  }

  /** Arguments: a directory, the kind of file, a fixture, a seed. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Model model = DialectFiles.unpack(args[2], directory).model();
    DamagedVariants variants =
        new DamagedVariants(directory, args[1], model, Long.parseLong(args[3]));
    if (args[1].endsWith(".keras")) {
      variants.bombs.add(variants.bomb(false));
      variants.bombs.add(variants.bomb(true));
    }
    for (int i = 0; i < VARIANTS; i++) {
      variants.read(i);
    }
    System.out.println(variants.refused + " of " + VARIANTS + " refused");
    if (variants.refused < VARIANTS / 2) {
      throw new IllegalStateException("the variants are hardly damaged");
    }
  }

  private void read(int number) throws IOException {
    byte[] bytes = number % 4 < 2 ? lied(number) : spoilt(whole(config(), root(config())), number);
    Path file = directory.resolve(number + "-" + kind);
    Files.write(file, bytes);
    long start = System.nanoTime();
    try {
      load(file);
      if (number % 4 == 2) {
        throw new IllegalStateException("is cut off, yet was read");
      }
    } catch (WeightException e) {
      if (!String.valueOf(e.getMessage()).startsWith(file + ": ")) {
        throw new IllegalStateException(file + " is not named", e);
      }
      refused++;
    } catch (ConfigException | ShapeException e) {
      if (!kind.endsWith(".json")) {
        throw new IllegalStateException(file + " is not named", e);
      }
      refused++;
    } catch (RuntimeException | Error e) {
      throw new IllegalStateException(file + ": no clear error", e);
    }
    if (System.nanoTime() - start > MOST_NANOS) {
      throw new IllegalStateException(file + ": took longer than two seconds");
    }
    Files.delete(file);
  }

  private void load(Path file) throws IOException {
    if (kind.endsWith(".json")) {
      KerasModel.fromJson(new String(Files.readAllBytes(file), UTF_8), LayerTypes.standard());
    } else if (kind.contains("weights")) {
      model.loadWeights(KerasWeights.byName(file));
    } else {
      KerasModel.load(file);
    }
  }

  private String config() {
    return KerasJson.write(ModelConfigWriter.of(model, kind.endsWith(".keras")));
  }

  private Hdf5Group root(String config) {
    Hdf5Group root = new Hdf5Group();
    if (kind.equals("model.h5")) {
      root.attribute("keras_version", "2.15.0");
      root.attribute(CONFIG, config);
      Hdf5Group weights = root.group("model_weights");
      KerasWeights.putWeights(weights, model, ModelConfigWriter.names(model));
    } else if (kind.equals("weights.h5")) {
      KerasWeights.putWeights(root, model, ModelConfigWriter.names(model));
    } else {
      ModelWeights.putKeras3(root, model);
    }
    return root;
  }

  private byte[] hdf5(Hdf5Group root) throws IOException {
    Path file = directory.resolve("part.h5");
    AtomicFile.write(file, channel -> Hdf5Writer.write(root, channel));
    return Files.readAllBytes(file);
  }

  private byte[] whole(String config, Hdf5Group root) throws IOException {
    return switch (kind) {
      case "model.json" -> config.getBytes(UTF_8);
      case "model.keras" -> archive(config, hdf5(root));
      default -> hdf5(root);
    };
  }

  private static byte[] archive(String config, byte[] weights) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "metadata.json", "{}".getBytes(UTF_8), 1);
      put(zip, "config.json", config.getBytes(UTF_8), 1);
      put(zip, "model.weights.h5", weights, 1);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes, int times)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    for (int i = 0; i < times; i++) {
      zip.write(bytes);
    }
    zip.closeEntry();
  }

  /** Cut off, or with bits flipped. */
  private byte[] spoilt(byte[] whole, int number) {
    if (number % 4 == 2) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] damaged = whole.clone();
    for (int flips = random.nextInt(1, 20); flips > 0; flips--) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  /** Well-formed, but not true. */
  private byte[] lied(int number) throws IOException {
    int way = number / 4 % 6;
    boolean json = kind.startsWith("model.") && !kind.contains("weights");
    if (json && (kind.endsWith(".json") || number % 4 == 0)) {
      String config = way == 0 ? deep() : new LyingConfig(random).of(config(), way == 1);
      return whole(config, root(config));
    }
    if (kind.endsWith(".keras") && way == 0) {
      return bombs.get(random.nextInt(bombs.size()));
    }
    byte[] weights = hdf5(way < 3 ? without(root(config())) : root(config()));
    for (int lies = way < 3 ? 0 : random.nextInt(1, 4); lies > 0; lies--) {
      lieInHeader(weights);
    }
    return kind.endsWith(".keras") ? archive(config(), weights) : weights;
  }

  private static String deep() {
    return "{\"config\":".repeat(10_000) + "}".repeat(10_000);
  }

  private byte[] bomb(boolean config) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "config.json", config ? zeros : config().getBytes(UTF_8), config ? 100 : 1);
      put(zip, "model.weights.h5", zeros, 300);
    }
    return bytes.toByteArray();
  }

  /** The tree without an attribute, a dataset or a group. */
  private Hdf5Group without(Hdf5Group root) {
    List<Runnable> losses = new ArrayList<>();
    collectLosses(root, losses);
    losses.get(random.nextInt(losses.size())).run();
    return root;
  }

  private static void collectLosses(Hdf5Group group, List<Runnable> losses) {
    List<Map<String, ?>> parts =
        List.of(group.strings(), group.stringLists(), group.datasets(), group.groups());
    for (Map<String, ?> part : parts) {
      for (String name : List.copyOf(part.keySet())) {
        losses.add(() -> part.remove(name));
      }
    }
    new LinkedHashMap<>(group.groups()).values().forEach(below -> collectLosses(below, losses));
  }

  /** Overwrites a number in an object header, whose checksum is right again then. */
  private void lieInHeader(byte[] file) {
    List<Integer> headers = new ArrayList<>();
    for (int i = 0; i + 10 < file.length; i += 8) {
      if (file[i] == 'O' && file[i + 1] == 'H' && file[i + 2] == 'D' && file[i + 3] == 'R') {
        headers.add(i);
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int start = headers.get(random.nextInt(headers.size()));
    int size = 10 + bytes.getInt(start + 6);
    int at = start + 10 + random.nextInt(Math.max(1, size - 18));
    long lie = SIZES[random.nextInt(SIZES.length)];
    if (random.nextBoolean()) {
      bytes.putLong(at, lie);
    } else {
      bytes.put(at, (byte) lie);
    }
    byte[] summed = Arrays.copyOfRange(file, start, start + size);
    bytes.putInt(start + size, ChecksumUtils.checksum(summed));
  }
}
