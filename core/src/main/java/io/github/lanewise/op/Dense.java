package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** x [..., k] times kernel [k, units], plus optionally bias [units], to [..., units]. */
public record Dense() implements UpdatingOp {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    ShapeRules.inputs(this, inputs, 2, 3);
    Shape x = inputs.get(0);
    Shape kernel = inputs.get(1);
    ShapeRules.rank(this, kernel, 2, "a kernel [k, units]");
    if (x.rank() < 2 || x.dim(-1) != kernel.dim(0)) {
      throw new ShapeException(
          name() + ": expected an input [..., " + kernel.dim(0) + "], found " + x);
    }
    if (inputs.size() == 3) {
      ShapeRules.equal(this, "a bias", Shape.of(kernel.dim(1)), inputs.get(2));
    }
    return x.withLast(kernel.dim(1));
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    Tensor kernel = inputs.get(1);
    int k = kernel.shape().dim(0);
    int units = kernel.shape().dim(1);
    int rows = x.size() / k;
    compute
        .kernels()
        .gemm(
            GemmGeometry.dense(rows, units, k),
            x.data(),
            x.offset(),
            kernel.data(),
            kernel.offset(),
            output.data(),
            output.offset(),
            false,
            compute.loop());
    if (inputs.size() == 3) {
      Tensor bias = inputs.get(2);
      compute
          .kernels()
          .addBias(
              rows,
              units,
              bias.data(),
              bias.offset(),
              output.data(),
              output.offset(),
              compute.loop());
    }
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Tensor x = inputs.get(0);
    Tensor kernel = inputs.get(1);
    Tensor dy = outputGradient;
    int k = kernel.shape().dim(0);
    int units = kernel.shape().dim(1);
    int rows = x.size() / k;
    Tensor dx = inputGradients.get(0);
    if (dx != null) {
      compute
          .kernels()
          .gemm(
              GemmGeometry.transposeB(rows, k, units),
              dy.data(),
              dy.offset(),
              kernel.data(),
              kernel.offset(),
              dx.data(),
              dx.offset(),
              true,
              compute.loop());
    }
    Tensor dKernel = inputGradients.get(1);
    if (dKernel != null) {
      compute
          .kernels()
          .gemm(
              GemmGeometry.transposeA(k, units, rows),
              x.data(),
              x.offset(),
              dy.data(),
              dy.offset(),
              dKernel.data(),
              dKernel.offset(),
              true,
              compute.loop());
    }
    if (inputs.size() == 3) {
      Gradient.bias(compute, dy, inputGradients.get(2));
    }
  }

  @Override
  public int updatedInput() {
    return 1;
  }

  @Override
  public void update(
      Compute compute, List<Tensor> inputs, Tensor outputGradient, WeightUpdate update) {
    Tensor x = inputs.get(0);
    int k = inputs.get(1).shape().dim(0);
    int units = inputs.get(1).shape().dim(1);
    compute
        .kernels()
        .gemmUpdate(
            k,
            units,
            x.size() / k,
            x.data(),
            x.offset(),
            outputGradient.data(),
            outputGradient.offset(),
            update,
            compute.loop());
  }

  @Override
  public boolean backwardReads(int input) {
    return input < 2;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
