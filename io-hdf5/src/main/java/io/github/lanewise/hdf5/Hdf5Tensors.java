package io.github.lanewise.hdf5;

import io.github.lanewise.model.WeightException;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Tensors as data sets of HDF5 files. */
public final class Hdf5Tensors {

  private Hdf5Tensors() {}

  /**
   * Reads one data set of floating point or whole numbers.
   *
   * @param path the data set's, for example {@code input} or {@code after1/conv/kernel}
   * @throws WeightException naming file and data set, if there is none or it can not be read
   */
  public static Tensor read(Path file, String path) {
    return KerasFile.read(
        file,
        hdf -> {
          Dataset dataset = dataset(hdf, path);
          if (dataset == null) {
            throw new WeightException(
                file
                    + ": expected a data set '"
                    + path
                    + "', found "
                    + hdf.getChildren().keySet().stream().sorted().toList());
          }
          return Tensor.of(Shape.of(dataset.getDimensions()), floats(dataset));
        });
  }

  private static @org.jspecify.annotations.Nullable Dataset dataset(HdfFile hdf, String path) {
    Node node = hdf;
    for (String part : path.split("/")) {
      if (!(node instanceof io.jhdf.api.Group group)) {
        return null;
      }
      node = group.getChild(part);
    }
    return node instanceof Dataset dataset ? dataset : null;
  }

  /**
   * Writes tensors, one data set each, in the map's order. The file appears at once and whole, or
   * not at all.
   *
   * @throws IOException if the file can not be written
   */
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    AtomicFile.write(file, hdf -> tensors.forEach((name, t) -> hdf.putDataset(name, nested(t))));
  }

  /**
   * A data set's values, row-major, as floats.
   *
   * @throws IllegalArgumentException if they are not numbers
   */
  static float[] floats(Dataset dataset) {
    if (dataset.isEmpty() || dataset.getSize() == 0) {
      return new float[0];
    }
    Object data = dataset.getDataFlat();
    if (data instanceof float[] floats) {
      return floats;
    }
    if (data instanceof double[] doubles) {
      float[] floats = new float[doubles.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubles[i];
      }
      return floats;
    }
    if (data instanceof Number number) {
      return new float[] {number.floatValue()};
    }
    if (data.getClass().isArray() && Array.getLength(data) > 0) {
      float[] floats = new float[Array.getLength(data)];
      for (int i = 0; i < floats.length; i++) {
        if (!(Array.get(data, i) instanceof Number number)) {
          throw new IllegalArgumentException(dataset.getJavaType().getSimpleName());
        }
        floats[i] = number.floatValue();
      }
      return floats;
    }
    throw new IllegalArgumentException(dataset.getJavaType().getSimpleName());
  }

  /** The values as arrays of arrays, from which jHDF takes the dimensions. */
  static Object nested(Tensor tensor) {
    if (tensor.shape().rank() == 0) {
      return tensor.item();
    }
    return nested(tensor.toArray(), 0, tensor.shape().dims());
  }

  private static Object nested(float[] values, int from, int[] dims) {
    if (dims.length == 1) {
      return Arrays.copyOfRange(values, from, from + dims[0]);
    }
    int[] rest = Arrays.copyOfRange(dims, 1, dims.length);
    int stride = Shape.of(rest).size();
    int[] outer = dims.clone();
    Arrays.fill(outer, 1, outer.length, 0);
    Object array = Array.newInstance(float.class, outer);
    for (int i = 0; i < dims[0]; i++) {
      Array.set(array, i, nested(values, from + i * stride, rest));
    }
    return array;
  }
}
