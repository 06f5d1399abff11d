package io.github.lanewise.infer;

import io.github.lanewise.op.Conv1d;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.op.Op;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of a plan under construction: the op that computes it, from other values and weights.
 * The passes rewrite it; a finished plan never changes.
 */
final class PlanNode {

  /** The layer it comes from. */
  final String layer;

  /** What computes it; null for an input. */
  final @Nullable Op op;

  /** The values the op takes. */
  final List<PlanNode> inputs;

  /** What the op takes behind the inputs: the model's weights, or what was folded into them. */
  List<Weight> weights;

  /** What multiplies a convolution's kernel as it is packed, one an output channel; or null. */
  double @Nullable [] kernelScale;

  /** The shape, its batch unknown. */
  final Shape shape;

  /** Whether a relu is applied as the op stores its results. */
  boolean relu;

  /** The concatenation that this value is written straight into, or null. */
  @Nullable PlanNode concatenation;

  /** The first channel within {@link #concatenation}. */
  int firstChannel;

  /** The value whose storage this one shares under another shape, or null. */
  @Nullable PlanNode viewOf;

  PlanNode(
      String layer, @Nullable Op op, List<PlanNode> inputs, List<Weight> weights, Shape shape) {
    this.layer = layer;
    this.op = op;
    this.inputs = new ArrayList<>(inputs);
    this.weights = weights;
    this.shape = shape;
  }

  /** Whether normalization and relu behind it may become part of it. */
  boolean convolves() {
    return op instanceof Conv2d || op instanceof Conv1d;
  }

  /**
   * Whether it is a 1x1 convolution whose kernel is smaller than the value it takes: reading that
   * value is what it would wait for.
   */
  boolean lightPointwise() {
    return pointwise() && kernelSize() < inputs.get(0).shape.sizeOfRow();
  }

  /** Whether it is a convolution of each pixel alone: 1x1, with stride 1. */
  boolean pointwise() {
    return op instanceof Conv2d conv
        && conv.strideHeight() * conv.strideWidth() == 1
        && weights.get(0).shape().dim(0) * weights.get(0).shape().dim(1) == 1;
  }

  /** Multiplies the output channels of a convolution's kernel, besides what they are already. */
  void scaleKernel(double[] factors) {
    double[] product = factors.clone();
    if (kernelScale != null) {
      for (int c = 0; c < product.length; c++) {
        product[c] *= kernelScale[c];
      }
    }
    kernelScale = product;
  }

  /** Floats of the kernel of a convolution or a product; 0 where there are no weights. */
  int kernelSize() {
    return weights.isEmpty() ? 0 : weights.get(0).shape().size();
  }

  /**
   * Reads the kernel of a convolution or a product, multiplied by what scales it.
   *
   * @param memory holds it then, from its beginning
   */
  Tensor kernel(float[] memory) {
    Weight kernel = weights.get(0);
    kernel.read(memory);
    double[] scale = kernelScale;
    if (scale != null) {
      for (int row = 0; row < kernel.shape().size(); row += scale.length) {
        for (int c = 0; c < scale.length; c++) {
          memory[row + c] = (float) (memory[row + c] * scale[c]);
        }
      }
    }
    return Tensor.view(kernel.shape(), memory, 0);
  }

  /** Reads what a convolution or a product adds; null if that is nothing. */
  float @Nullable [] bias() {
    return weights.size() > 1 ? weights.get(1).read() : null;
  }

  /** The value that owns the memory in which this one lies. */
  PlanNode storage() {
    PlanNode owner = this;
    while (true) {
      if (owner.concatenation != null) {
        owner = owner.concatenation;
      } else if (owner.viewOf != null) {
        owner = owner.viewOf;
      } else {
        return owner;
      }
    }
  }

  @Override
  public String toString() {
    return layer + " " + shape;
  }
}
