package io.github.lanewise.train;

import io.github.lanewise.protobuf.Protobuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * A file of TensorBoard's events: TFRecords, each an {@code Event} of {@code event.proto}. A record
 * is its length (8 bytes, little-endian), the masked CRC-32C of these, the data, and their masked
 * CRC-32C. The file is not kept open; all records of an {@link #append} are written at once.
 */
final class EventFile {

  /** Fields of {@code Event}, of {@code Summary}, and of {@code Summary.Value}. */
  private static final int WALL_TIME = 1;

  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  /** Tells apart the files that this process makes within a second. */
  private static final AtomicInteger FILES = new AtomicInteger();

  private final Path path;
  private final InstantSource clock;

  private EventFile(Path path, InstantSource clock) {
    this.path = path;
    this.clock = clock;
  }

  /** A new file in this directory, which is made where it is missing, with its first record. */
  static EventFile create(Path directory, InstantSource clock) throws IOException {
    Files.createDirectories(directory);
    Instant now = clock.instant();
    String name =
        String.format(
            Locale.ROOT,
            "events.out.tfevents.%010d.%s.%d.%d.v2",
            now.getEpochSecond(),
            host(),
            ProcessHandle.current().pid(),
            FILES.getAndIncrement());
    EventFile file = new EventFile(directory.resolve(name), clock);
    Protobuf event =
        new Protobuf().fixed64(WALL_TIME, seconds(now)).string(FILE_VERSION, "brain.Event:2");
    Files.write(file.path, record(event.toBytes()), StandardOpenOption.CREATE_NEW);
    return file;
  }

  Path path() {
    return path;
  }

  /** Adds an event for each of these values by tag. */
  void append(long step, Map<String, Double> scalars) throws IOException {
    double wallTime = seconds(clock.instant());
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    scalars.forEach(
        (tag, value) -> {
          Protobuf scalar =
              new Protobuf().string(TAG, tag).fixed32(SIMPLE_VALUE, value.floatValue());
          Protobuf event =
              new Protobuf()
                  .fixed64(WALL_TIME, wallTime)
                  .varint(STEP, step)
                  .message(SUMMARY, new Protobuf().message(VALUE, scalar));
          records.writeBytes(record(event.toBytes()));
        });
    Files.write(path, records.toByteArray(), StandardOpenOption.APPEND);
  }

  private static byte[] record(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(data.length);
    record.putInt(maskedCrc(record.array(), Long.BYTES));
    return record.put(data).putInt(maskedCrc(data, data.length)).array();
  }

  /** TFRecord's checksum, masked so that data that hold checksums do not upset it. */
  private static int maskedCrc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  private static double seconds(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
