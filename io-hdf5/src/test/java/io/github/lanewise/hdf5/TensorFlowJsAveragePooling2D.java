package io.github.lanewise.hdf5;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.OpCall;
import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 3x3 average pooling, stride 1, 'same', with the gradient of TensorFlow.js 4.22's CPU backend,
 * which wrote the golden file. Its forward leaves padding out of the count, as TensorFlow does, but
 * its {@code AvgPoolGrad} divides by the whole window ({@code avgMultiplier = 1 / (filterHeight *
 * filterWidth)}), so at the border it is not the gradient of its own forward. Ours is: the
 * central-difference check of {@code AveragePool2d} says so.
 */
final class TensorFlowJsAveragePooling2D extends Layer {

  TensorFlowJsAveragePooling2D(String name) {
    super(name);
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new Pool(new AveragePool2d(3, 3, 1, 1, Padding.SAME))));
  }

  private record Pool(AveragePool2d pool) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return pool.outputShape(inputs);
    }

    @Override
    public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
      pool.forward(compute, inputs, output);
    }

    /** Spreads a ninth of each output's gradient over its window. */
    @Override
    public void backward(
        Compute compute,
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        List<@Nullable Tensor> inputGradients) {
      Tensor dx = inputGradients.get(0);
      if (dx == null) {
        return;
      }
      Shape shape = dx.shape();
      int height = shape.dim(1);
      int width = shape.dim(2);
      int channels = shape.dim(3);
      for (int i = 0; i < dx.size(); i++) {
        int c = i % channels;
        int x = i / channels % width;
        int y = i / channels / width % height;
        int n = i / channels / width / height;
        float sum = 0;
        for (int oy = Math.max(0, y - 1); oy <= Math.min(height - 1, y + 1); oy++) {
          for (int ox = Math.max(0, x - 1); ox <= Math.min(width - 1, x + 1); ox++) {
            sum += outputGradient.get(n, oy, ox, c);
          }
        }
        dx.data()[dx.offset() + i] += sum / 9;
      }
    }
  }
}
