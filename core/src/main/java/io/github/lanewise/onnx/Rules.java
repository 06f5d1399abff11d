package io.github.lanewise.onnx;

import io.github.lanewise.op.Op;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The table of rules: how each op is said in ONNX. */
final class Rules {

  /** How calls of one kind of op become nodes. */
  @FunctionalInterface
  interface Rule<O extends Op> {
    /** Adds the nodes of a call and returns its result. */
    Value lower(O op, Call call);
  }

  private static final Rules ALL = all();

  private final Map<Class<? extends Op>, Rule<Op>> rules = new HashMap<>();

  private Rules() {}

  private static Rules all() {
    Rules rules = new Rules();
    ConvolutionRules.addTo(rules);
    PoolingRules.addTo(rules);
    ActivationRules.addTo(rules);
    ArithmeticRules.addTo(rules);
    NormalizationRules.addTo(rules);
    ShapeRules.addTo(rules);
    return rules;
  }

  /** Adds a rule for ops of this class. */
  <O extends Op> void add(Class<O> op, Rule<? super O> rule) {
    rules.put(op, (any, call) -> rule.lower(op.cast(any), call));
  }

  /** The ops that have a rule. */
  static Set<Class<? extends Op>> ops() {
    return ALL.rules.keySet();
  }

  /**
   * Adds the nodes of a call and returns its result.
   *
   * @throws UnsupportedOperationException naming op and layer, if there is no rule for the op
   */
  static Value lower(Op op, Call call) {
    Rule<Op> rule = ALL.rules.get(op.getClass());
    if (rule == null) {
      throw new UnsupportedOperationException(
          "layer '" + call.layer() + "': there is no rule that says the op " + op + " in ONNX");
    }
    return rule.lower(op, call);
  }
}
