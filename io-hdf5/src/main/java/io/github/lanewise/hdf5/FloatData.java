package io.github.lanewise.hdf5;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The elements of datasets of numbers as floats. */
final class FloatData {

  /** Read at once; a buffer of the whole dataset would double the memory that loading takes. */
  private static final int ELEMENTS_AT_ONCE = 1 << 16;

  private FloatData() {}

  /** Why a dataset can not be read as a tensor; null if it can. */
  static @Nullable String unfit(Dataset dataset) {
    DataType type = dataset.getDataType();
    if (!(type instanceof FixedPoint) && !(type instanceof FloatingPoint f && ieee(f))) {
      return type instanceof FloatingPoint
          ? "floats that are not IEEE 754's of 16, 32 or 64 bits"
          : "no numbers";
    }
    return dataset.getSize() > Integer.MAX_VALUE ? dataset.getSize() + " elements" : null;
  }

  private static boolean ieee(FloatingPoint type) {
    return switch (type.getSize()) {
      case 2 -> type.getExponentSize() == 5;
      case 4 -> type.getExponentSize() == 8;
      case 8 -> type.getExponentSize() == 11;
      default -> false;
    };
  }

  /** The shape of a dataset. */
  static Shape shape(Dataset dataset) {
    return Shape.of(dataset.getDimensions());
  }

  /**
   * The elements, row-major.
   *
   * @throws IOException naming the dataset, if it holds no numbers or its elements are missing
   */
  static Tensor read(Dataset dataset, HdfBackingStorage storage) throws IOException {
    requireElements(dataset);
    Tensor values = Tensor.zeros(shape(dataset));
    read(dataset, storage, values.data());
    return values;
  }

  /**
   * Reads the elements, row-major.
   *
   * @param to gets them from its beginning
   * @throws IOException naming the dataset, if it holds no numbers or its elements are missing
   */
  static void read(Dataset dataset, HdfBackingStorage storage, float[] to) throws IOException {
    requireElements(dataset);
    int elements = shape(dataset).size();
    if (elements == 0) {
      return;
    }
    if (dataset instanceof ContiguousDataset contiguous
        && dataset.getDataType() instanceof FloatingPoint type) {
      contiguous(contiguous, type, elements, storage, to);
    } else {
      convert(dataset.getDataFlat(), elements, to);
    }
  }

  private static void requireElements(Dataset dataset) throws IOException {
    String unfit = unfit(dataset);
    if (unfit != null) {
      throw new IOException("dataset " + dataset.getPath() + ": " + unfit);
    }
    if (shape(dataset).size() > 0 && dataset.isEmpty()) {
      throw new IOException("dataset " + dataset.getPath() + ": has never been written");
    }
  }

  private static void contiguous(
      ContiguousDataset dataset,
      FloatingPoint type,
      int elements,
      HdfBackingStorage storage,
      float[] to) {
    for (int from = 0; from < elements; from += ELEMENTS_AT_ONCE) {
      int count = Math.min(ELEMENTS_AT_ONCE, elements - from);
      long address = dataset.getDataAddress() + (long) from * type.getSize();
      ByteBuffer bytes = storage.readBufferFromAddress(address, count * type.getSize());
      bytes.order(type.getByteOrder());
      switch (type.getSize()) {
        case 2 -> {
          for (int i = 0; i < count; i++) {
            to[from + i] = FloatingPoint.toFloat(bytes.getShort());
          }
        }
        case 4 -> bytes.asFloatBuffer().get(to, from, count);
        default -> {
          for (int i = 0; i < count; i++) {
            to[from + i] = (float) bytes.getDouble();
          }
        }
      }
    }
  }

  private static void convert(Object flat, int elements, float[] to) {
    if (flat instanceof float[] floats) {
      System.arraycopy(floats, 0, to, 0, elements);
      return;
    }
    for (int i = 0; i < elements; i++) {
      to[i] =
          flat instanceof double[] d ? (float) d[i] : ((Number) Array.get(flat, i)).floatValue();
    }
  }
}
