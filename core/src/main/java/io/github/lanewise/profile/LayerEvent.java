package io.github.lanewise.profile;

import io.github.lanewise.tensor.Shape;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * One op of a layer, computed once: by a tape, forward or backward, or as a step of an inference
 * plan, where the op stands for what is fused into it. Begun by {@link Profile#layer}.
 */
@Name(Profile.LAYER)
@Label("Layer")
@Description("One op of a layer, computed once")
@Category("Lanewise")
@Enabled(false)
@StackTrace(false)
public final class LayerEvent extends Event {

  /** What is computed. */
  public enum Pass {
    /** An op's output, by a tape. */
    FORWARD,
    /** An op's gradients, and updates of weights that are fused with them. */
    BACKWARD,
    /** An op's output once more, on the way back over a segment of a tape. */
    RECOMPUTATION,
    /** A step of an inference plan. */
    INFERENCE
  }

  private static final LayerEvent PROBE = new LayerEvent();

  @Label("Layer")
  @Description("The layer's name; empty for ops of no layer, such as losses")
  String layer = "";

  @Label("Op")
  String op = "";

  @Label("Pass")
  @Description("FORWARD, BACKWARD, RECOMPUTATION or INFERENCE")
  String pass = "";

  @Label("Shape")
  @Description("The op's output")
  String shape = "";

  @Label("Algorithm")
  @Description("Empty where there is one only, or it is not known")
  String algorithm = "";

  private LayerEvent() {}

  static boolean wanted() {
    return PROBE.isEnabled();
  }

  static LayerEvent started() {
    LayerEvent event = new LayerEvent();
    event.begin();
    return event;
  }

  /** Ends the time that the event tells. */
  public void stop() {
    end();
  }

  /** Says what it was and records it. */
  public void record(String ofLayer, String ofOp, Pass ofPass, Shape output, String by) {
    layer = ofLayer;
    op = ofOp;
    pass = ofPass.name();
    shape = output.toString();
    algorithm = by;
    commit();
  }
}
