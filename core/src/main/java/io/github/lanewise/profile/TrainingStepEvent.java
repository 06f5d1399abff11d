package io.github.lanewise.profile;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One step of training: forward, loss, backward, update. Begun by {@link Profile#trainingStep}. */
@Name(Profile.TRAINING_STEP)
@Label("Training step")
@Description("Forward, loss, backward and update for one batch")
@Category("Lanewise")
@Enabled(false)
@StackTrace(false)
public final class TrainingStepEvent extends Event {

  private static final TrainingStepEvent PROBE = new TrainingStepEvent();

  @Label("Epoch")
  @Description("From 0")
  int epoch;

  @Label("Batch")
  @Description("Within the epoch, from 0")
  int batch;

  @Label("Samples")
  int samples;

  @Label("Loss")
  @Description("Of this batch, before the update")
  double loss;

  private TrainingStepEvent() {}

  static boolean wanted() {
    return PROBE.isEnabled();
  }

  static TrainingStepEvent started() {
    TrainingStepEvent event = new TrainingStepEvent();
    event.begin();
    return event;
  }

  /** Ends it, says what it was and records it. */
  public void record(int ofEpoch, int ofBatch, int ofSamples, double ofLoss) {
    end();
    epoch = ofEpoch;
    batch = ofBatch;
    samples = ofSamples;
    loss = ofLoss;
    commit();
  }
}
