package io.github.lanewise.onnx;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.model.Model;
import io.github.lanewise.protobuf.Protobuf;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;

/**
 * Models as ONNX files, of opset 13, for ONNX Runtime and others that read them.
 *
 * <p>The file computes what an {@code InferencePlan} of the model does. Inputs and outputs have the
 * names of their layers and the shapes that they have here, channels last, with a free batch;
 * between them channels come right after the batch, as ONNX's convolutions want it.
 */
public final class OnnxFile {

  /** What one message of Protocol Buffers may hold. */
  private static final long LIMIT = Integer.MAX_VALUE;

  private OnnxFile() {}

  /**
   * Writes a model, its batch normalizations folded into the convolutions before them.
   *
   * @throws IOException naming the file, if it can not be written; it is then as it was
   * @throws IllegalArgumentException naming the model, if it has a layer that can not be said in
   *     ONNX, which is named too, or more than 2 GB of weights
   */
  public static void save(Model model, Path file) throws IOException {
    save(model, file, true);
  }

  /**
   * Writes a model.
   *
   * @param foldBatchNormalization whether batch normalizations become part of the convolutions
   *     right before them
   * @throws IOException as {@link #save(Model, Path)}
   * @throws IllegalArgumentException as {@link #save(Model, Path)}
   */
  public static void save(Model model, Path file, boolean foldBatchNormalization)
      throws IOException {
    Protobuf message = message(model, foldBatchNormalization, LIMIT);
    AtomicFile.write(
        file,
        channel -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
          message.writeTo(out);
          out.flush();
        });
  }

  /**
   * The {@code ModelProto}.
   *
   * @param limit the number of bytes that it may have
   */
  static Protobuf message(Model model, boolean foldBatchNormalization, long limit) {
    OnnxGraph graph;
    try {
      graph = LowerModel.run(model);
    } catch (UnsupportedOperationException e) {
      throw new IllegalArgumentException("Model '" + model.name() + "', " + e.getMessage(), e);
    }
    if (foldBatchNormalization) {
      FoldBatchNormalization.run(graph);
    }
    KeepPadding.run(graph);
    graph.removeUnusedConstants();
    Protobuf message = OnnxMessages.model(model.name(), graph);
    if (message.size() > limit) {
      throw new IllegalArgumentException(
          "Model '%s': expected at most %,d bytes for an ONNX file, found %,d"
              .formatted(model.name(), limit, message.size()));
    }
    return message;
  }
}
