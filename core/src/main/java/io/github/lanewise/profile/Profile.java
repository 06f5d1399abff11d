package io.github.lanewise.profile;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Where events begin. There are none, and nothing is allocated, unless a recording asks for them by
 * name; nor where the JVM has no module {@code jdk.jfr}, whose classes are not touched then. The
 * events are not initialized before there is a recording: that starts the flight recorder, which
 * takes longer than a prediction.
 */
public final class Profile {

  /** The name of {@link LayerEvent} in recordings. */
  public static final String LAYER = "io.github.lanewise.Layer";

  /** The name of {@link TrainingStepEvent} in recordings. */
  public static final String TRAINING_STEP = "io.github.lanewise.TrainingStep";

  private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Profile() {}

  /** Whether this JVM has a flight recorder. */
  public static boolean available() {
    return PRESENT;
  }

  private static boolean recorderStarted() {
    return PRESENT && FlightRecorder.isInitialized();
  }

  /** An event of a layer that begins now, or null if none is asked for. */
  public static @Nullable LayerEvent layer() {
    return recorderStarted() && LayerEvent.wanted() ? LayerEvent.started() : null;
  }

  /** An event of a step of training that begins now, or null if none is asked for. */
  public static @Nullable TrainingStepEvent trainingStep() {
    return recorderStarted() && TrainingStepEvent.wanted() ? TrainingStepEvent.started() : null;
  }
}
