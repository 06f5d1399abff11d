package io.github.lanewise.bench;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.OpCall;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A convolution of square pictures, as a parameter of benchmarks has it: {@code
 * 72:32:3x3:64:1:same} is input size, input channels, filter height x width, filters, stride and
 * padding.
 */
public record Conv2dShape(
    int size,
    int channels,
    int filterHeight,
    int filterWidth,
    int filters,
    int stride,
    Padding padding) {

  /** The shape that {@link #toString} wrote. */
  public static Conv2dShape parse(String text) {
    String[] part = text.split(":");
    String[] filter = part[2].split("x");
    return new Conv2dShape(
        Integer.parseInt(part[0]),
        Integer.parseInt(part[1]),
        Integer.parseInt(filter[0]),
        Integer.parseInt(filter[1]),
        Integer.parseInt(part[3]),
        Integer.parseInt(part[4]),
        Padding.valueOf(part[5].toUpperCase(Locale.ROOT)));
  }

  /** Every convolution of a model of square pictures, in the model's order. */
  public static List<Conv2dShape> of(Model model) {
    List<Conv2dShape> shapes = new ArrayList<>();
    for (Node node : model.nodes()) {
      if (node.layer() instanceof Conv2D) {
        OpCall call = node.layer().inferenceCalls().get(0);
        Conv2d op = (Conv2d) call.op();
        Shape x = node.inputs().get(0).shape();
        Shape kernel = call.parameters().get(0).shape();
        shapes.add(
            new Conv2dShape(
                x.dim(1),
                x.dim(3),
                kernel.dim(0),
                kernel.dim(1),
                kernel.dim(3),
                op.strideHeight(),
                op.padding()));
      }
    }
    return shapes;
  }

  /** The sizes for kernels. */
  public Conv2dGeometry geometry(int batch) {
    Conv2d op = new Conv2d(stride, stride, padding, 1, 1, 1);
    return op.geometry(
        Shape.of(batch, size, size, channels),
        Shape.of(filterHeight, filterWidth, channels, filters));
  }

  /** For people: {@code 3x3, 32 to 64, 72x72}, and stride and padding where not 1 and 'same'. */
  public String label() {
    return String.format(
        Locale.ROOT,
        "%dx%d, %d to %d, %dx%d%s%s",
        filterHeight,
        filterWidth,
        channels,
        filters,
        size,
        size,
        stride == 1 ? "" : ", stride " + stride,
        padding == Padding.SAME ? "" : " valid");
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d:%d:%dx%d:%d:%d:%s",
        size,
        channels,
        filterHeight,
        filterWidth,
        filters,
        stride,
        padding.name().toLowerCase(Locale.ROOT));
  }
}
