package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An op and inputs to try it on.
 *
 * @param differentiable the inputs that get a gradient; the op is smooth there
 * @param linear the inputs in which the op is linear while the others are fixed
 */
record OpCase(
    String name, Op op, List<Tensor> inputs, List<Integer> differentiable, List<Integer> linear) {

  /** A case of an op that is differentiable, but not linear, in all inputs. */
  static OpCase of(String name, Op op, Tensor... inputs) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      all.add(i);
    }
    return new OpCase(name, op, List.of(inputs), all, List.of());
  }

  OpCase differentiableIn(Integer... places) {
    return new OpCase(name, op, inputs, List.of(places), linear);
  }

  OpCase linearIn(Integer... places) {
    return new OpCase(name, op, inputs, differentiable, List.of(places));
  }

  Shape outputShape() {
    return op.outputShape(inputs.stream().map(Tensor::shape).toList());
  }

  /** Copies of the inputs: some ops update one. */
  List<Tensor> copies() {
    return new ArrayList<>(inputs.stream().map(Tensor::copy).toList());
  }

  /** The inputs with another one at a place. */
  List<Tensor> with(int place, Tensor input) {
    List<Tensor> changed = copies();
    changed.set(place, input);
    return changed;
  }

  /** Forward into an output full of NaN. */
  Tensor forward(Compute compute, List<Tensor> of) {
    Tensor output = Tensor.full(outputShape(), Float.NaN);
    op.forward(compute, of, output);
    return output;
  }

  /** The gradients of the differentiable inputs, null for the others. */
  List<@Nullable Tensor> backward(Compute compute, Tensor outputGradient) {
    List<@Nullable Tensor> gradients = zeroGradients();
    List<Tensor> of = copies();
    Tensor output = forward(compute, of);
    op.backward(compute, of, output, outputGradient, gradients);
    return gradients;
  }

  List<@Nullable Tensor> zeroGradients() {
    @Nullable Tensor[] gradients = new Tensor[inputs.size()];
    differentiable.forEach(i -> gradients[i] = Tensor.zeros(inputs.get(i).shape()));
    return Arrays.asList(gradients);
  }

  @Override
  public String toString() {
    return name;
  }
}
