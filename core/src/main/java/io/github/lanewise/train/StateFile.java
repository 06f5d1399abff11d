package io.github.lanewise.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A {@link SavedState} in a file, little-endian: a signature, the number of values, the values
 * (kind, name, sizes, elements), and the CRC-32C of all that. It is whole, or as it was, if the
 * process dies; it is not forced to the disk.
 */
final class StateFile implements AutoCloseable {

  private static final byte[] SIGNATURE = "LANEWISE STATE 1".getBytes(UTF_8);
  private static final int BUFFER = 1 << 20;
  private static final int LONGEST_TEXT = 1 << 24;
  private static final byte NUMBERS = 1;
  private static final byte TENSOR = 2;
  private static final byte TEXT = 3;

  private final FileChannel channel;
  private final CRC32C sum = new CRC32C();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);

  private StateFile(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * Writes a state.
   *
   * @throws IOException naming the file, if it can not be written; it is then as it was
   */
  static void write(Path file, SavedState state) throws IOException {
    AtomicFile.writeUnforced(file, channel -> new StateFile(channel).write(state));
  }

  private void write(SavedState state) throws IOException {
    buffer.clear();
    room(SIGNATURE.length).put(SIGNATURE);
    room(Integer.BYTES).putInt(state.values().size());
    for (var entry : state.values().entrySet()) {
      Object value = entry.getValue();
      room(1).put(value instanceof Tensor ? TENSOR : value instanceof String ? TEXT : NUMBERS);
      writeText(entry.getKey());
      if (value instanceof Tensor tensor) {
        writeTensor(tensor);
      } else if (value instanceof String text) {
        writeText(text);
      } else {
        double[] numbers = (double[]) value;
        room(Integer.BYTES).putInt(numbers.length);
        for (double number : numbers) {
          room(Double.BYTES).putDouble(number);
        }
      }
    }
    flush();
    buffer.putInt((int) sum.getValue());
    flush();
  }

  private void writeText(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    room(Integer.BYTES).putInt(bytes.length);
    for (byte b : bytes) {
      room(1).put(b);
    }
  }

  private void writeTensor(Tensor tensor) throws IOException {
    room(Integer.BYTES).putInt(tensor.shape().rank());
    for (int d : tensor.shape().dims()) {
      room(Integer.BYTES).putInt(d);
    }
    int done = 0;
    while (done < tensor.size()) {
      int n = Math.min(tensor.size() - done, room(Float.BYTES).remaining() / Float.BYTES);
      buffer.asFloatBuffer().put(tensor.data(), tensor.offset() + done, n);
      buffer.position(buffer.position() + n * Float.BYTES);
      done += n;
    }
  }

  /** The buffer, with room for so many bytes. */
  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    sum.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /**
   * Reads a state.
   *
   * @throws IOException naming the file, if it can not be read, is another kind of file or damaged
   */
  static SavedState read(Path file) throws IOException {
    try (StateFile in = new StateFile(FileChannel.open(file))) {
      return in.read();
    } catch (EOFException | IllegalArgumentException | ArithmeticException e) {
      throw new IOException(file + ": damaged, or cut off", e);
    } catch (IOException e) {
      throw new IOException(file + ": can not be read: " + e.getMessage(), e);
    }
  }

  private SavedState read() throws IOException {
    if (left() < SIGNATURE.length || !text(SIGNATURE.length).equals(new String(SIGNATURE, UTF_8))) {
      throw new IOException("expected the state of a training, found another kind of file");
    }
    requireSum();
    SavedState state = new SavedState();
    int count = size(channel.size());
    for (int i = 0; i < count; i++) {
      byte kind = need(1).get();
      String name = text(size(LONGEST_TEXT));
      switch (kind) {
        case TENSOR -> state.put(name, readTensor());
        case TEXT -> state.put(name, text(size(LONGEST_TEXT)));
        case NUMBERS -> {
          double[] numbers = new double[size(left() / Double.BYTES)];
          for (int n = 0; n < numbers.length; n++) {
            numbers[n] = need(Double.BYTES).getDouble();
          }
          state.put(name, numbers);
        }
        default -> throw new EOFException("kind " + kind);
      }
    }
    return state;
  }

  /** Checks the sum of the whole file before anything in it is believed. */
  private void requireSum() throws IOException {
    long taken = channel.position() - buffer.remaining();
    channel.position(0);
    buffer.clear().limit(0);
    for (long rest = channel.size() - Integer.BYTES; rest > 0; ) {
      int n = (int) Math.min(rest, need(1).remaining());
      sum.update(buffer.slice(buffer.position(), n));
      buffer.position(buffer.position() + n);
      rest -= n;
    }
    if (need(Integer.BYTES).getInt() != (int) sum.getValue()) {
      throw new EOFException("checksum");
    }
    channel.position(taken);
    buffer.clear().limit(0);
  }

  private Tensor readTensor() throws IOException {
    int[] dims = new int[size(16)];
    long elements = 1;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = size(Integer.MAX_VALUE);
      elements = Math.multiplyExact(elements, dims[i]);
    }
    if (elements > left() / Float.BYTES) {
      throw new EOFException("size " + elements);
    }
    float[] values = new float[(int) elements];
    int done = 0;
    while (done < values.length) {
      int n = Math.min(values.length - done, need(Float.BYTES).remaining() / Float.BYTES);
      buffer.asFloatBuffer().get(values, done, n);
      buffer.position(buffer.position() + n * Float.BYTES);
      done += n;
    }
    return Tensor.of(Shape.of(dims), values);
  }

  private String text(int length) throws IOException {
    if (length > left()) {
      throw new EOFException("size " + length);
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = need(1).get();
    }
    return new String(bytes, UTF_8);
  }

  private int size(long most) throws IOException {
    int size = need(Integer.BYTES).getInt();
    if (size < 0 || size > most) {
      throw new EOFException("size " + size);
    }
    return size;
  }

  /** The bytes that were not taken yet. */
  private long left() throws IOException {
    return channel.size() - channel.position() + buffer.remaining();
  }

  /** The buffer, with so many bytes in it. */
  private ByteBuffer need(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      buffer.compact();
      while (buffer.position() < bytes) {
        if (channel.read(buffer) < 0) {
          throw new EOFException();
        }
      }
      buffer.flip();
    }
    return buffer;
  }
}
