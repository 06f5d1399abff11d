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
 * One value of a plan under construction: the op that computes it, from other values and constants.
 * The passes rewrite it; a finished plan never changes.
 */
final class PlanNode {

  /** The layer it comes from. */
  final String layer;

  /** What computes it; null for an input. */
  final @Nullable Op op;

  /** The values the op takes. */
  final List<PlanNode> inputs;

  /** What the op takes behind the inputs: weights, possibly folded. */
  List<Tensor> constants;

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
      String layer, @Nullable Op op, List<PlanNode> inputs, List<Tensor> constants, Shape shape) {
    this.layer = layer;
    this.op = op;
    this.inputs = new ArrayList<>(inputs);
    this.constants = constants;
    this.shape = shape;
  }

  /** Whether normalization and relu behind it may become part of it. */
  boolean convolves() {
    return op instanceof Conv2d || op instanceof Conv1d;
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
