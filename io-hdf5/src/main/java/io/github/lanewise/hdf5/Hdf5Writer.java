package io.github.lanewise.hdf5;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a tree of groups in one pass, children before their parents and the superblock, which
 * makes it an HDF5 file, last. HDF5 1.8 and newer read it. No times are kept and the order is the
 * caller's: equal content gives equal bytes.
 *
 * <p>jHDF 0.11's own writer is not used: it notes the operating system in the file, does not look
 * how much was written, orders children by the hashes of their names, and damages the file where
 * the last of them is a group without datasets, by writing over its header.
 */
final class Hdf5Writer {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  private static final int SUPERBLOCK_SIZE = 48;
  private static final int ALIGNMENT = 8;

  /** Keras splits longer attributes, {@code HDF5_OBJECT_HEADER_LIMIT}. */
  private static final int ATTRIBUTE_LIMIT = 64512;

  private static final int LEAST_HEAP = 4096;
  private static final int HEAP_HEADER = 16;
  private static final int HEAP_OBJECT_HEADER = 16;

  /** Of h5py's gzip. */
  private static final int LEVEL = 4;

  /** A dataset of less is not worth an index, and one of more no chunk. */
  private static final int LEAST_DEFLATED = 256;

  private static final int MOST_DEFLATED = 1 << 29;

  private final FileChannel channel;
  private final Compression compression;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
  private long flushed;

  private Hdf5Writer(FileChannel channel, Compression compression) {
    this.channel = channel;
    this.compression = compression;
  }

  /**
   * Writes a whole file.
   *
   * @param channel an empty file
   * @throws IllegalArgumentException if one string of an array takes more than 64 KB
   */
  static void write(Hdf5Group root, FileChannel channel) throws IOException {
    write(root, channel, Compression.NONE);
  }

  /** The same with datasets kept in this way. */
  static void write(Hdf5Group root, FileChannel channel, Compression compression)
      throws IOException {
    Hdf5Writer writer = new Hdf5Writer(channel, compression);
    writer.put(new byte[SUPERBLOCK_SIZE]);
    long rootAddress = writer.group(root);
    writer.flush();
    ByteBuffer superblock = ByteBuffer.wrap(superblock(rootAddress, writer.flushed));
    channel.position(0);
    writeFully(channel, superblock);
  }

  /** Version 2 of section II.A of the specification: addresses and lengths of 8 bytes. */
  private static byte[] superblock(long root, long endOfFile) {
    ByteBuffer bytes = little(SUPERBLOCK_SIZE);
    bytes.put(SIGNATURE).put((byte) 2).put((byte) 8).put((byte) 8).put((byte) 0);
    bytes.putLong(0).putLong(ObjectHeader.UNDEFINED_ADDRESS).putLong(endOfFile).putLong(root);
    return ObjectHeader.withChecksum(bytes);
  }

  private long group(Hdf5Group group) throws IOException {
    Map<String, Long> addresses = new LinkedHashMap<>();
    for (var child : group.groups().entrySet()) {
      addresses.put(child.getKey(), group(child.getValue()));
    }
    for (var child : group.datasets().entrySet()) {
      addresses.put(child.getKey(), dataset(child.getValue()));
    }
    for (var child : group.integers().entrySet()) {
      long address = align();
      put(little(Long.BYTES).putLong(child.getValue()).array());
      addresses.put(child.getKey(), header(ObjectHeader.ofInteger(address)));
    }
    ObjectHeader header = ObjectHeader.ofGroup();
    if (!group.strings().isEmpty() || !group.stringLists().isEmpty()) {
      header.attributesFollow();
    }
    group.stringLists().forEach((name, values) -> putSplit(header, name, values));
    for (var string : group.strings().entrySet()) {
      byte[] bytes = string.getValue().getBytes(UTF_8);
      if (bytes.length > ATTRIBUTE_LIMIT - string.getKey().length()) {
        header.attributeInHeap(string.getKey(), bytes.length, globalHeap(bytes));
      } else {
        header.attribute(string.getKey(), string.getValue());
      }
    }
    addresses.forEach(header::link);
    return header(header);
  }

  /** As one attribute or, where that is too long, as {@code name0}, {@code name1}, ... */
  private static void putSplit(ObjectHeader header, String name, List<String> values) {
    List<List<String>> chunks = new ArrayList<>();
    int width = values.stream().mapToInt(v -> v.getBytes(UTF_8).length).max().orElse(1);
    int perChunk = Math.max(1, (ATTRIBUTE_LIMIT - 2 * name.length()) / Math.max(1, width));
    for (int from = 0; from < values.size(); from += perChunk) {
      chunks.add(values.subList(from, Math.min(values.size(), from + perChunk)));
    }
    if (chunks.size() < 2) {
      header.attribute(name, values);
    } else {
      for (int i = 0; i < chunks.size(); i++) {
        header.attribute(name + i, chunks.get(i));
      }
    }
  }

  /** A global heap of one object, number 1 (section III.E of the specification). */
  private long globalHeap(byte[] object) throws IOException {
    long address = align();
    int padded = (object.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    int used = HEAP_HEADER + HEAP_OBJECT_HEADER + padded;
    int size = Math.max(LEAST_HEAP, used + HEAP_OBJECT_HEADER);
    ByteBuffer heap = little(size);
    heap.put("GCOL".getBytes(UTF_8)).putInt(1).putLong(size);
    heap.putShort((short) 1).putShort((short) 1).putInt(0).putLong(object.length).put(object);
    heap.position(used).putLong(0).putLong(size - used);
    put(heap.array());
    return address;
  }

  private static ByteBuffer little(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private long dataset(Tensor tensor) throws IOException {
    if (tensor.size() == 0) {
      return header(ObjectHeader.ofDataset(tensor.shape(), ObjectHeader.UNDEFINED_ADDRESS));
    }
    if (compression == Compression.GZIP
        && tensor.size() >= LEAST_DEFLATED
        && tensor.size() <= MOST_DEFLATED) {
      return deflated(tensor);
    }
    long address = align();
    int width = tensor.dense() ? tensor.size() : tensor.shape().dim(-1);
    for (int row = 0; row < tensor.size() / width; row++) {
      putFloats(tensor.data(), tensor.offset() + row * tensor.rowStride(), width);
    }
    return header(ObjectHeader.ofDataset(tensor.shape(), address));
  }

  private long deflated(Tensor tensor) throws IOException {
    long chunk = align();
    float[] values = tensor.toArray();
    ByteBuffer some = little(1 << 16);
    Deflater deflater = new Deflater(LEVEL);
    try (OutputStream out = new DeflaterOutputStream(new Output(), deflater, 1 << 16)) {
      for (int from = 0; from < values.length; from += some.capacity() / Float.BYTES) {
        int count = Math.min(some.capacity() / Float.BYTES, values.length - from);
        some.asFloatBuffer().put(values, from, count);
        out.write(some.array(), 0, count * Float.BYTES);
      }
    } finally {
      deflater.end();
    }
    long size = flushed + buffer.position() - chunk;
    long index = align();
    put(ChunkIndex.of(tensor.shape().dims(), Float.BYTES, size, chunk));
    return header(ObjectHeader.ofDeflated(tensor.shape(), index, LEVEL));
  }

  /** The file's end as a stream. */
  private final class Output extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      put(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      put(Arrays.copyOfRange(bytes, from, from + count));
    }
  }

  private void putFloats(float[] values, int from, int count) throws IOException {
    int next = from;
    while (next < from + count) {
      if (buffer.remaining() < Float.BYTES) {
        flush();
      }
      FloatBuffer floats = buffer.asFloatBuffer();
      int n = Math.min(floats.remaining(), from + count - next);
      floats.put(values, next, n);
      buffer.position(buffer.position() + n * Float.BYTES);
      next += n;
    }
  }

  private long header(ObjectHeader header) throws IOException {
    long address = align();
    put(header.toBytes());
    return address;
  }

  private long align() throws IOException {
    long address = flushed + buffer.position();
    int padding = (int) (-address & (ALIGNMENT - 1));
    put(new byte[padding]);
    return address + padding;
  }

  private void put(byte[] bytes) throws IOException {
    int next = 0;
    while (next < bytes.length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int n = Math.min(buffer.remaining(), bytes.length - next);
      buffer.put(bytes, next, n);
      next += n;
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    flushed += buffer.remaining();
    writeFully(channel, buffer);
    buffer.clear();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
