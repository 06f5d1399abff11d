package io.github.lanewise.onnx;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.OpCall;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.op.Op;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A layer of one op, with these tensors behind its inputs. */
final class OpLayer extends Layer {

  private final OpCall call;

  OpLayer(String name, Op op, Tensor... weights) {
    super(name);
    List<Parameter> parameters = new ArrayList<>();
    for (Tensor weight : weights) {
      parameters.add(new Parameter("w" + parameters.size(), weight, true));
    }
    call = new OpCall(op, parameters);
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(call);
  }
}
