package io.github.lanewise.hdf5;

import io.github.lanewise.tensor.Shape;
import io.jhdf.checksum.ChecksumUtils;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The object header of a group or dataset to be written: version 2 of section IV.A.1.b of the HDF5
 * file format specification 3.0, all messages in one chunk, without times.
 */
final class ObjectHeader {

  /** Marks an address that there is not. */
  static final long UNDEFINED_ADDRESS = -1;

  private static final int DATASPACE = 0x01;
  private static final int LINK_INFO = 0x02;
  private static final int DATATYPE = 0x03;
  private static final int FILL_VALUE = 0x05;
  private static final int LINK = 0x06;
  private static final int DATA_LAYOUT = 0x08;
  private static final int GROUP_INFO = 0x0A;
  private static final int FILTER_PIPELINE = 0x0B;
  private static final int ATTRIBUTE = 0x0C;
  private static final int ATTRIBUTE_INFO = 0x15;

  /** The size of a message is kept in 16 bits. */
  private static final int MAX_MESSAGE = 0xFFFF;

  /** The bytes that an attribute takes but for its name and values, at most. */
  private static final int ATTRIBUTE_OVERHEAD = 64;

  private static final byte[] FLOAT32 = {
    0x11, 0x20, 0x1F, 0x00, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0
  };

  private static final byte[] INT64 = {0x10, 0x08, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0};

  /** Strings of variable length in UTF-8, on bytes. */
  private static final byte[] VARIABLE_STRING = {
    0x19, 0x01, 0x01, 0, 16, 0, 0, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0
  };

  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  /** The messages of a group, before its links. */
  static ObjectHeader ofGroup() {
    ObjectHeader header = new ObjectHeader();
    header.message(GROUP_INFO, little(2).position(2));
    header.message(
        LINK_INFO, little(18).position(2).putLong(UNDEFINED_ADDRESS).putLong(UNDEFINED_ADDRESS));
    return header;
  }

  /**
   * The messages of a dataset of 32-bit floats, little-endian, side by side from an address on;
   * {@link #UNDEFINED_ADDRESS} where there are none.
   */
  static ObjectHeader ofDataset(Shape shape, long address) {
    return ofDataset(shape, FLOAT32, 4, address);
  }

  /**
   * The messages of a dataset of 32-bit floats, little-endian, that is one deflated chunk.
   *
   * @param index the address of its {@link ChunkIndex}
   * @param level of the compression
   */
  static ObjectHeader ofDeflated(Shape shape, long index, int level) {
    // Version 3: space is allocated bit by bit, the fill value, of which there is none, if set.
    ObjectHeader header = ofDataset(shape, FLOAT32, 0x0B);
    int rank = shape.rank();
    ByteBuffer layout = little(15 + 4 * rank).put((byte) 3).put((byte) 2).put((byte) (rank + 1));
    layout.putLong(index);
    for (int dim : shape.dims()) {
      layout.putInt(dim);
    }
    header.message(DATA_LAYOUT, layout.putInt(Float.BYTES));
    // Version 2, one filter: deflate (1), optional, with one parameter, the level.
    ByteBuffer pipeline = little(12).put((byte) 2).put((byte) 1).putShort((short) 1);
    header.message(FILTER_PIPELINE, pipeline.putShort((short) 1).putShort((short) 1).putInt(level));
    return header;
  }

  /** The messages of a dataset that is one signed 64-bit integer, little-endian. */
  static ObjectHeader ofInteger(long address) {
    return ofDataset(Shape.of(), INT64, 8, address);
  }

  private static ObjectHeader ofDataset(Shape shape, byte[] type, long width, long address) {
    // Version 3: space is allocated late, the fill value, of which there is none, if set.
    ObjectHeader header = ofDataset(shape, type, 0x0A);
    header.message(
        DATA_LAYOUT,
        little(18).put((byte) 3).put((byte) 1).putLong(address).putLong(width * shape.size()));
    return header;
  }

  private static ObjectHeader ofDataset(Shape shape, byte[] type, int fillValue) {
    ObjectHeader header = new ObjectHeader();
    header.message(DATASPACE, simpleDataspace(shape.dims()));
    header.message(DATATYPE, ByteBuffer.wrap(type).position(type.length));
    header.message(FILL_VALUE, little(2).put((byte) 3).put((byte) fillValue));
    return header;
  }

  /** Adds a hard link to a child. */
  void link(String name, long address) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    boolean wide = bytes.length > 0xFF;
    ByteBuffer body = little(bytes.length + (wide ? 13 : 12));
    // Flags: a character set is given (UTF-8), and how wide the length of the name is.
    body.put((byte) 1).put((byte) (wide ? 0x11 : 0x10)).put((byte) 1);
    if (wide) {
      body.putShort((short) bytes.length);
    } else {
      body.put((byte) bytes.length);
    }
    message(LINK, body.put(bytes).putLong(address));
  }

  /** Says that attributes follow, all of them in this header. */
  void attributesFollow() {
    message(
        ATTRIBUTE_INFO,
        little(18).position(2).putLong(UNDEFINED_ADDRESS).putLong(UNDEFINED_ADDRESS));
  }

  /**
   * Adds a scalar attribute.
   *
   * @throws IllegalArgumentException if name and value take more than 64 KB
   */
  void attribute(String name, String value) {
    attribute(name, little(4).put((byte) 2).position(4), List.of(value));
  }

  /**
   * Adds an attribute that is an array of strings, as fixed-length as NumPy's.
   *
   * @throws IllegalArgumentException if it takes more than 64 KB
   */
  void attribute(String name, List<String> values) {
    attribute(name, simpleDataspace(values.size()), values);
  }

  /**
   * Adds a scalar attribute whose value, a string of any length, is object 1 of a global heap, as
   * h5py writes all strings.
   */
  void attributeInHeap(String name, int length, long heap) {
    byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = little(ATTRIBUTE_OVERHEAD + nameBytes.length);
    body.put((byte) 3).put((byte) 0).putShort((short) nameBytes.length);
    body.putShort((short) VARIABLE_STRING.length).putShort((short) 4).put((byte) 1);
    body.put(nameBytes).put(VARIABLE_STRING).put((byte) 2).put(new byte[3]);
    message(ATTRIBUTE, body.putInt(length).putLong(heap).putInt(1));
  }

  private void attribute(String name, ByteBuffer dataspace, List<String> values) {
    List<byte[]> strings = values.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toList();
    int width = Math.max(1, strings.stream().mapToInt(b -> b.length).max().orElse(0));
    byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
    long size = ATTRIBUTE_OVERHEAD + nameBytes.length + (long) width * strings.size();
    if (size > MAX_MESSAGE) {
      throw new IllegalArgumentException(
          "HDF5 attribute '" + name + "': expected at most 64 KB, found " + size + " bytes");
    }
    ByteBuffer body = little((int) size);
    body.put((byte) 3).put((byte) 0);
    body.putShort((short) nameBytes.length).putShort((short) 8);
    body.putShort((short) dataspace.position()).put((byte) 1);
    body.put(nameBytes).put(stringDatatype(width, values)).put(dataspace.flip());
    for (byte[] string : strings) {
      int start = body.position();
      body.put(string).position(start + width);
    }
    message(ATTRIBUTE, body);
  }

  /** Fixed-length strings padded by zeros; ASCII, as Keras's are, where that is enough. */
  private static ByteBuffer stringDatatype(int width, List<String> values) {
    boolean ascii = values.stream().allMatch(v -> v.chars().allMatch(c -> c < 128));
    return little(8).put((byte) 0x13).put((byte) (ascii ? 0x01 : 0x11)).putInt(4, width).rewind();
  }

  private static ByteBuffer simpleDataspace(int... dimensions) {
    ByteBuffer body = little(4 + 8 * dimensions.length);
    body.put((byte) 2).put((byte) dimensions.length).put((byte) 0);
    body.put((byte) (dimensions.length == 0 ? 0 : 1));
    for (int d : dimensions) {
      body.putLong(d);
    }
    return body;
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds a message whose body lies before the buffer's position. */
  private void message(int type, ByteBuffer body) {
    ByteBuffer prefix = little(4).put((byte) type).putShort((short) body.position()).put((byte) 0);
    messages.writeBytes(prefix.array());
    messages.write(body.array(), 0, body.position());
  }

  /** The header, checksum included. */
  byte[] toBytes() {
    ByteBuffer header = little(10 + messages.size() + 4);
    header.put("OHDR".getBytes(StandardCharsets.US_ASCII));
    // Version 2; the size of the chunk is kept in 4 bytes.
    header.put((byte) 2).put((byte) 2).putInt(messages.size()).put(messages.toByteArray());
    return withChecksum(header);
  }

  /** The array of a buffer, with the checksum of all before its position put behind it. */
  static byte[] withChecksum(ByteBuffer buffer) {
    byte[] summed = new byte[buffer.position()];
    buffer.get(0, summed);
    return buffer.putInt(ChecksumUtils.checksum(summed)).array();
  }
}
