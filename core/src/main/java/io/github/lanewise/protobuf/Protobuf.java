package io.github.lanewise.protobuf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the wire format of Protocol Buffers; its fields in the order they are added. Arrays
 * and messages within it are referred to until it is written, so a file of large arrays needs no
 * more memory than these.
 */
public final class Protobuf {

  /** How a field's value is laid out. */
  private static final int VARINT = 0;

  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  /** Floats that are turned into bytes at once. */
  private static final int FLOATS_AT_ONCE = 1 << 14;

  /** A stretch of the message. */
  @FunctionalInterface
  private interface Part {
    void writeTo(OutputStream out) throws IOException;
  }

  private final List<Part> parts = new ArrayList<>();
  private long size;

  /** Adds an {@code int64}, an {@code int32} or an enum. */
  public Protobuf varint(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  /** Adds a {@code double}. */
  public Protobuf fixed64(int field, double value) {
    key(field, FIXED64);
    add(littleEndian(Double.BYTES).putDouble(value).array());
    return this;
  }

  /** Adds a {@code float}. */
  public Protobuf fixed32(int field, float value) {
    key(field, FIXED32);
    add(littleEndian(Float.BYTES).putFloat(value).array());
    return this;
  }

  /** Adds a string, in UTF-8. */
  public Protobuf string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  public Protobuf bytes(int field, byte[] value) {
    delimited(field, value.length);
    add(value);
    return this;
  }

  /** Adds bytes: those of floats, little-endian. */
  public Protobuf floatBytes(int field, float[] data, int offset, int count) {
    long length = (long) count * Float.BYTES;
    delimited(field, length);
    size += length;
    parts.add(out -> write(out, data, offset, count));
    return this;
  }

  /** Adds a message within this one, as it is now. */
  public Protobuf message(int field, Protobuf value) {
    delimited(field, value.size);
    size += value.size;
    parts.addAll(value.parts);
    return this;
  }

  /** The number of bytes. */
  public long size() {
    return size;
  }

  /** Writes the message. */
  public void writeTo(OutputStream out) throws IOException {
    for (Part part : parts) {
      part.writeTo(out);
    }
  }

  /** The message. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(OutputStream out, float[] data, int offset, int count)
      throws IOException {
    ByteBuffer buffer = littleEndian(Math.min(count, FLOATS_AT_ONCE) * Float.BYTES);
    for (int done = 0; done < count; done += FLOATS_AT_ONCE) {
      int now = Math.min(FLOATS_AT_ONCE, count - done);
      buffer.asFloatBuffer().put(data, offset + done, now);
      out.write(buffer.array(), 0, now * Float.BYTES);
    }
  }

  private void delimited(int field, long length) {
    key(field, LENGTH_DELIMITED);
    varint(length);
  }

  private void key(int field, int wireType) {
    varint(((long) field << 3) | wireType);
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private void varint(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    add(bytes.toByteArray());
  }

  private void add(byte[] bytes) {
    size += bytes.length;
    parts.add(out -> out.write(bytes));
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
