package io.github.lanewise.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The index of a dataset that is one chunk: a node of a B-tree of version 1, type 1 (section
 * III.A.1 of the HDF5 file format specification 3.0).
 */
final class ChunkIndex {

  /** Half the children of a node, where a file does not say another number. */
  private static final int RANK = 32;

  private ChunkIndex() {}

  /**
   * The node.
   *
   * @param dims of the dataset
   * @param width bytes of an element
   * @param size bytes of the chunk, filtered
   * @param address of the chunk
   */
  static byte[] of(int[] dims, int width, long size, long address) {
    int key = 2 * Integer.BYTES + (dims.length + 1) * Long.BYTES;
    ByteBuffer node =
        ByteBuffer.allocate(24 + (2 * RANK + 1) * key + 2 * RANK * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    node.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
    node.putShort((short) 1);
    node.putLong(ObjectHeader.UNDEFINED_ADDRESS).putLong(ObjectHeader.UNDEFINED_ADDRESS);
    node.putInt((int) size).position(24 + key).putLong(address);
    // The key behind the last child is the place of the chunk that would be next.
    node.putLong(0);
    for (int dim : dims) {
      node.putLong(dim);
    }
    return node.putLong(width).array();
  }
}
