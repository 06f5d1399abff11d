package io.github.lanewise.onnx;

import io.github.lanewise.op.Elu;
import io.github.lanewise.op.Exponential;
import io.github.lanewise.op.Gelu;
import io.github.lanewise.op.HardShrink;
import io.github.lanewise.op.HardSigmoid;
import io.github.lanewise.op.HardSwish;
import io.github.lanewise.op.HardTanh;
import io.github.lanewise.op.LogSigmoid;
import io.github.lanewise.op.LogSoftmax;
import io.github.lanewise.op.Mish;
import io.github.lanewise.op.Op;
import io.github.lanewise.op.Prelu;
import io.github.lanewise.op.Reciprocal;
import io.github.lanewise.op.Rectifier;
import io.github.lanewise.op.Relu;
import io.github.lanewise.op.Selu;
import io.github.lanewise.op.Sigmoid;
import io.github.lanewise.op.SoftShrink;
import io.github.lanewise.op.Softmax;
import io.github.lanewise.op.Softplus;
import io.github.lanewise.op.Softsign;
import io.github.lanewise.op.SparsePlus;
import io.github.lanewise.op.SparseSigmoid;
import io.github.lanewise.op.Squareplus;
import io.github.lanewise.op.Swish;
import io.github.lanewise.op.Tanh;
import io.github.lanewise.op.TanhShrink;
import io.github.lanewise.tensor.Shape;
import java.util.Map;

/**
 * Functions of each number, wherever its channels are. What opset 13 has no operator for is said in
 * several.
 */
final class ActivationRules {

  private ActivationRules() {}

  /** A formula: adds nodes to the value of this name, and returns the name of the result. */
  @FunctionalInterface
  private interface Formula<O extends Op> {
    String of(O op, Call call, String x);
  }

  static void addTo(Rules rules) {
    same(rules, Relu.class, "Relu");
    same(rules, Sigmoid.class, "Sigmoid");
    same(rules, Tanh.class, "Tanh");
    same(rules, Selu.class, "Selu");
    same(rules, Softplus.class, "Softplus");
    same(rules, Softsign.class, "Softsign");
    same(rules, Exponential.class, "Exp");
    same(rules, Reciprocal.class, "Reciprocal");
    add(rules, Elu.class, (op, c, x) -> c.node("Elu", Map.of("alpha", (float) op.alpha()), x));
    add(rules, Rectifier.class, ActivationRules::rectifier);
    add(rules, HardSigmoid.class, (op, c, x) -> hardSigmoid(c, op.steepness(), x));
    add(rules, SparseSigmoid.class, (op, c, x) -> hardSigmoid(c, 0.5, x));
    add(rules, HardTanh.class, (op, c, x) -> c.node("Clip", x, c.number(-1), c.number(1)));
    add(rules, HardShrink.class, (op, c, x) -> shrink(c, 0, x));
    add(rules, SoftShrink.class, (op, c, x) -> shrink(c, 0.5f, x));
    add(rules, TanhShrink.class, (op, c, x) -> c.node("Sub", x, c.node("Tanh", x)));
    add(rules, Swish.class, (op, c, x) -> c.node("Mul", x, c.node("Sigmoid", x)));
    add(rules, HardSwish.class, (op, c, x) -> c.node("Mul", x, hardSigmoid(c, 1.0 / 6, x)));
    add(rules, Mish.class, (op, c, x) -> c.node("Mul", x, c.node("Tanh", c.node("Softplus", x))));
    add(rules, LogSigmoid.class, (op, c, x) -> c.node("Neg", c.node("Softplus", c.node("Neg", x))));
    add(rules, Gelu.class, ActivationRules::gelu);
    add(rules, Squareplus.class, (op, c, x) -> squareplus(c, x));
    add(rules, SparsePlus.class, (op, c, x) -> sparsePlus(c, x));
    rules.add(Softmax.class, (op, call) -> alongAxis("Softmax", op.axis(), call));
    rules.add(LogSoftmax.class, (op, call) -> alongAxis("LogSoftmax", -1, call));
    rules.add(Prelu.class, (op, call) -> prelu(call));
  }

  private static <O extends Op> void add(Rules rules, Class<O> op, Formula<O> formula) {
    rules.add(op, (o, call) -> call.result(formula.of(o, call, call.x().name())));
  }

  private static void same(Rules rules, Class<? extends Op> op, String type) {
    rules.add(op, (o, call) -> call.result(call.node(type, call.x().name())));
  }

  private static Value alongAxis(String type, int axis, Call call) {
    Map<String, Object> attributes = Map.of("axis", (long) call.x().axis(axis));
    return call.result(call.node(type, attributes, call.x().name()));
  }

  private static String hardSigmoid(Call c, double steepness, String x) {
    return c.node("HardSigmoid", Map.of("alpha", (float) steepness, "beta", 0.5f), x);
  }

  private static String shrink(Call c, float bias, String x) {
    return c.node("Shrink", Map.of("lambd", 0.5f, "bias", bias), x);
  }

  private static String rectifier(Rectifier op, Call c, String x) {
    boolean bounded = op.maxValue() < Double.POSITIVE_INFINITY;
    if (op.threshold() == 0 && !bounded) {
      return c.node("LeakyRelu", Map.of("alpha", (float) op.negativeSlope()), x);
    }
    if (op.threshold() == 0 && op.negativeSlope() == 0 && op.maxValue() >= 0) {
      return c.node("Clip", x, c.number(0), c.number(op.maxValue()));
    }
    String threshold = c.number(op.threshold());
    String below = c.node("Mul", c.node("Sub", x, threshold), c.number(op.negativeSlope()));
    String y = c.node("Where", c.node("GreaterOrEqual", x, threshold), x, below);
    if (!bounded) {
      return y;
    }
    String most = c.number(op.maxValue());
    return c.node("Where", c.node("GreaterOrEqual", x, most), most, y);
  }

  private static String gelu(Gelu op, Call c, String x) {
    String inner;
    if (op.approximate()) {
      String cubic = c.node("Mul", c.node("Mul", x, x), c.node("Mul", x, c.number(0.044715)));
      inner =
          c.node("Tanh", c.node("Mul", c.node("Add", x, cubic), c.number(Math.sqrt(2 / Math.PI))));
    } else {
      inner = c.node("Erf", c.node("Mul", x, c.number(Math.sqrt(0.5))));
    }
    String half = c.node("Mul", x, c.number(0.5));
    return c.node("Mul", half, c.node("Add", inner, c.number(1)));
  }

  private static String squareplus(Call c, String x) {
    String root = c.node("Sqrt", c.node("Add", c.node("Mul", x, x), c.number(4)));
    return c.node("Mul", c.node("Add", x, root), c.number(0.5));
  }

  /** With s = clip(x, -1, 1) + 1: s^2 / 4 + relu(x - 1). */
  private static String sparsePlus(Call c, String x) {
    String clipped = c.node("Clip", x, c.number(-1), c.number(1));
    String s = c.node("Add", clipped, c.number(1));
    String parabola = c.node("Mul", c.node("Mul", s, s), c.number(0.25));
    return c.node("Add", parabola, c.node("Relu", c.node("Sub", x, c.number(1))));
  }

  private static Value prelu(Call call) {
    Shape alpha = call.parameters().get(0).shape();
    int[] order = new int[alpha.rank()];
    for (int i = 1; i < order.length; i++) {
      order[i] = i - 1;
    }
    order[0] = order.length - 1;
    String slope = call.x().channelsFirst() ? call.weight(0, alpha, order) : call.weight(0);
    return call.result(call.node("PRelu", call.x().name(), slope));
  }
}
