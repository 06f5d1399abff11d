package io.github.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads files of events by the specifications, sharing nothing with what writes them. */
final class EventReader {

  /** A scalar and where it belongs. */
  record Scalar(double wallTime, long step, String tag, float value) {}

  /** A picture and where it belongs. */
  record Picture(long step, String tag, List<Long> heightWidthChannels, String png) {}

  private EventReader() {}

  /** The pictures of a file that holds nothing else. */
  static List<Picture> pictures(Path file) throws IOException {
    List<byte[]> records = records(Files.readAllBytes(file));
    List<Picture> pictures = new ArrayList<>();
    for (byte[] record : records.subList(1, records.size())) {
      Map<Integer, Object> event = fields(record);
      Map<Integer, Object> summary = fields((byte[]) event.get(5));
      Map<Integer, Object> value = fields((byte[]) summary.get(1));
      assertEquals(List.of(1, 4), List.copyOf(value.keySet()));
      Map<Integer, Object> image = fields((byte[]) value.get(4));
      assertEquals(List.of(1, 2, 3, 4), List.copyOf(image.keySet()));
      List<Long> sizes = List.of((Long) image.get(1), (Long) image.get(2), (Long) image.get(3));
      pictures.add(new Picture((Long) event.get(2), text(value.get(1)), sizes, text(image.get(4))));
    }
    return pictures;
  }

  /** All scalars of a file, whose first record has to be the version. */
  static List<Scalar> scalars(Path file) throws IOException {
    List<byte[]> records = records(Files.readAllBytes(file));
    Map<Integer, Object> first = fields(records.get(0));
    assertEquals("brain.Event:2", text(first.get(3)));
    assertEquals(List.of(1, 3), List.copyOf(first.keySet()));
    List<Scalar> scalars = new ArrayList<>();
    for (byte[] record : records.subList(1, records.size())) {
      Map<Integer, Object> event = fields(record);
      assertEquals(List.of(1, 2, 5), List.copyOf(event.keySet()));
      Map<Integer, Object> summary = fields((byte[]) event.get(5));
      assertEquals(List.of(1), List.copyOf(summary.keySet()));
      Map<Integer, Object> value = fields((byte[]) summary.get(1));
      assertEquals(List.of(1, 2), List.copyOf(value.keySet()));
      scalars.add(
          new Scalar(
              (Double) event.get(1),
              (Long) event.get(2),
              text(value.get(1)),
              (Float) value.get(2)));
    }
    return scalars;
  }

  /** The data of the records of a file, after a look at both checksums of each. */
  private static List<byte[]> records(byte[] file) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertEquals(unmask(in.getInt()), crc32c(length), "checksum of the length");
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertEquals(unmask(in.getInt()), crc32c(data), "checksum of the data");
      records.add(data);
    }
    return records;
  }

  /** Fields by number: {@code Long}, {@code Double}, {@code Float} or bytes, each at most once. */
  private static Map<Integer, Object> fields(byte[] message) {
    Map<Integer, Object> fields = new TreeMap<>();
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      Object value =
          switch (key & 7) {
            case 0 -> varint(in);
            case 1 -> in.getDouble();
            case 2 -> bytes(in);
            case 5 -> in.getFloat();
            default -> throw new AssertionError("wire type " + (key & 7));
          };
      assertTrue(fields.put(key >> 3, value) == null, "field twice: " + (key >> 3));
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 127L) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[(int) varint(in)];
    in.get(bytes);
    return bytes;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  private static int unmask(int masked) {
    int rotated = masked - 0xa282ead8;
    return rotated >>> 17 | rotated << 15;
  }

  /** Castagnoli's polynomial, bit by bit. */
  static int crc32c(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 255;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
      }
    }
    return ~crc;
  }
}
