package io.github.lanewise.bench.peer;

import io.github.lanewise.kernels.Conv2dGeometry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An ONNX model of one convolution with bias and relu, NCHW as ONNX has it. Field numbers are those
 * of {@code onnx.proto}.
 */
final class OnnxConv2d {

  private static final int FLOAT = 1;
  private static final int INTS = 7;
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private OnnxConv2d() {}

  /**
   * The bytes of the model; its input is {@code x}, its output {@code y}.
   *
   * @param hwio the filter, [height, width, input channels, output channels]
   */
  static byte[] model(Conv2dGeometry g, float[] hwio, float[] bias) {
    int bottom = Math.max(0, g.reachedHeight() - g.inputHeight() - g.padTop());
    int right = Math.max(0, g.reachedWidth() - g.inputWidth() - g.padLeft());
    ProtoMessage convolution =
        new ProtoMessage()
            .text(1, "x")
            .text(1, "w")
            .text(1, "b")
            .text(2, "c")
            .text(4, "Conv")
            .message(5, attribute("strides", g.strideHeight(), g.strideWidth()))
            .message(5, attribute("pads", g.padTop(), g.padLeft(), bottom, right));
    ProtoMessage relu = new ProtoMessage().text(1, "c").text(2, "y").text(4, "Relu");
    ProtoMessage graph =
        new ProtoMessage()
            .message(1, convolution)
            .message(1, relu)
            .text(2, "convolution")
            .message(
                5,
                tensor(
                    "w",
                    oihw(g, hwio),
                    g.outputChannels(),
                    g.inputChannels(),
                    g.filterHeight(),
                    g.filterWidth()))
            .message(5, tensor("b", bias, g.outputChannels()))
            .message(11, value("x", g.batch(), g.inputChannels(), g.inputHeight(), g.inputWidth()))
            .message(
                12, value("y", g.batch(), g.outputChannels(), g.outputHeight(), g.outputWidth()));
    return new ProtoMessage()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, new ProtoMessage().text(1, "").number(2, OPSET))
        .toBytes();
  }

  private static float[] oihw(Conv2dGeometry g, float[] hwio) {
    int taps = g.filterHeight() * g.filterWidth();
    float[] turned = new float[hwio.length];
    for (int tap = 0; tap < taps; tap++) {
      for (int i = 0; i < g.inputChannels(); i++) {
        for (int o = 0; o < g.outputChannels(); o++) {
          turned[(o * g.inputChannels() + i) * taps + tap] =
              hwio[(tap * g.inputChannels() + i) * g.outputChannels() + o];
        }
      }
    }
    return turned;
  }

  private static ProtoMessage attribute(String name, int... values) {
    ProtoMessage attribute = new ProtoMessage().text(1, name);
    for (int value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, INTS);
  }

  private static ProtoMessage tensor(String name, float[] values, int... dimensions) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES);
    raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    ProtoMessage tensor = new ProtoMessage();
    for (int dimension : dimensions) {
      tensor.number(1, dimension);
    }
    return tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array());
  }

  private static ProtoMessage value(String name, int... dimensions) {
    ProtoMessage shape = new ProtoMessage();
    for (int dimension : dimensions) {
      shape.message(1, new ProtoMessage().number(1, dimension));
    }
    ProtoMessage type = new ProtoMessage().number(1, FLOAT).message(2, shape);
    return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, type));
  }
}
