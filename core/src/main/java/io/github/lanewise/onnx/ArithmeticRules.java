package io.github.lanewise.onnx;

import io.github.lanewise.op.Add;
import io.github.lanewise.op.Average;
import io.github.lanewise.op.Divide;
import io.github.lanewise.op.Maximum;
import io.github.lanewise.op.Minimum;
import io.github.lanewise.op.Multiply;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Rescaling;
import io.github.lanewise.op.ScaledAdd;
import io.github.lanewise.op.Subtract;
import java.util.List;

/** Arithmetic of values of equal rank; dimensions of 1 stretch in ONNX as well. */
final class ArithmeticRules {

  private ArithmeticRules() {}

  static void addTo(Rules rules) {
    pairwise(rules, Add.class, "Add");
    pairwise(rules, Subtract.class, "Sub");
    pairwise(rules, Multiply.class, "Mul");
    pairwise(rules, Divide.class, "Div");
    together(rules, Average.class, "Mean");
    together(rules, Maximum.class, "Max");
    together(rules, Minimum.class, "Min");
    rules.add(ScaledAdd.class, ArithmeticRules::scaledAdd);
    rules.add(Rescaling.class, ArithmeticRules::rescaling);
  }

  /** An operator of two values, from the left to the right. */
  private static void pairwise(Rules rules, Class<? extends Op> op, String type) {
    rules.add(
        op,
        (o, call) -> {
          List<Value> values = call.alike();
          String result = values.get(0).name();
          for (Value next : values.subList(1, values.size())) {
            result = call.node(type, result, next.name());
          }
          return call.result(result, values.get(0));
        });
  }

  /** An operator of any number of values. */
  private static void together(Rules rules, Class<? extends Op> op, String type) {
    rules.add(
        op,
        (o, call) -> {
          List<Value> values = call.alike();
          String[] names = values.stream().map(Value::name).toArray(String[]::new);
          return call.result(call.node(type, names), values.get(0));
        });
  }

  private static Value scaledAdd(ScaledAdd op, Call call) {
    List<Value> values = call.alike();
    String scaled = call.node("Mul", values.get(1).name(), call.number(op.scale()));
    return call.result(call.node("Add", values.get(0).name(), scaled), values.get(0));
  }

  private static Value rescaling(Rescaling op, Call call) {
    String scaled = call.node("Mul", call.x().name(), call.number(op.scale()));
    return call.result(
        op.offset() == 0 ? scaled : call.node("Add", scaled, call.number(op.offset())));
  }
}
