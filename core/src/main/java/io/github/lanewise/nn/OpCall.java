package io.github.lanewise.nn;

import io.github.lanewise.op.FromRow;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.ToRow;
import java.util.List;

/**
 * One op of a layer. The first call of a layer takes the layer's inputs, each later one the output
 * of the call before it, and after those its parameters.
 */
public record OpCall(Op op, List<Parameter> parameters) {

  /** A call of this op with these parameters. */
  public OpCall(Op op, Parameter... parameters) {
    this(op, List.of(parameters));
  }

  /** The calls that apply an op of pictures to sequences [n, l, c], as pictures of one row. */
  static List<OpCall> onRows(Op op) {
    return List.of(new OpCall(new ToRow()), new OpCall(op), new OpCall(new FromRow()));
  }
}
