package io.github.lanewise.hdf5;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lanewise.file.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A {@code .keras} file ({@code keras/src/saving/saving_lib.py}): a zip of metadata.json,
 * config.json and model.weights.h5. Equal contents give equal bytes.
 */
final class KerasArchive {

  static final String METADATA = "metadata.json";
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.weights.h5";

  private static final int MAX_TEXT = 64 << 20;

  /** Weights hardly shrink: an entry that grows more than this is a bomb. */
  private static final long MAX_GROWTH = 100;

  private KerasArchive() {}

  /** A text in an archive. */
  static String text(ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(entry(zip, name))) {
      byte[] bytes = in.readNBytes(MAX_TEXT + 1);
      if (bytes.length > MAX_TEXT) {
        throw new IOException(name + ": larger than " + (MAX_TEXT >> 20) + " MB");
      }
      CRC32 sum = new CRC32();
      sum.update(bytes);
      requireSum(entry(zip, name), sum);
      return new String(bytes, UTF_8);
    }
  }

  /** Copies the weights to a file. */
  static void extractWeights(ZipFile zip, Path to) throws IOException {
    ZipEntry entry = entry(zip, WEIGHTS);
    long most = Math.max(1 << 20, MAX_GROWTH * Math.max(1, entry.getCompressedSize()));
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    CRC32 sum = new CRC32();
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(to)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > most) {
          throw new IOException(WEIGHTS + ": grows to more than " + most + " bytes");
        }
        sum.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    }
    requireSum(entry, sum);
  }

  private static void requireSum(ZipEntry entry, CRC32 found) throws IOException {
    if (entry.getCrc() != found.getValue()) {
      throw new IOException(entry.getName() + ": damaged: its checksum is another one");
    }
  }

  private static ZipEntry entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("expected a .keras archive, found a zip without " + name);
    }
    return entry;
  }

  /** Writes an archive: texts and weights, stored as they are. */
  static void write(Path target, String metadata, String config, Path weights) throws IOException {
    AtomicFile.write(
        target,
        channel -> {
          ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
          put(zip, METADATA, metadata.getBytes(UTF_8));
          put(zip, CONFIG, config.getBytes(UTF_8));
          CRC32 sum = new CRC32();
          try (InputStream in = Files.newInputStream(weights)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              sum.update(buffer, 0, n);
            }
          }
          zip.putNextEntry(stored(WEIGHTS, Files.size(weights), sum.getValue()));
          Files.copy(weights, zip);
          zip.closeEntry();
          zip.finish();
        });
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    zip.putNextEntry(stored(name, bytes.length, sum.getValue()));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static ZipEntry stored(String name, long size, long sum) {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(sum);
    entry.setTime(0);
    return entry;
  }
}
