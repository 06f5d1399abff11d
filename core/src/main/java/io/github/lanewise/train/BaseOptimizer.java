package io.github.lanewise.train;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Keras's optimizers have in common, as {@code keras/src/optimizers/base_optimizer.py} has it:
 * a learning rate or its schedule, weight decay, clipping of gradients, and gradients accumulated
 * over several batches. With clipping or accumulation the gradients are kept whole until the end of
 * the step, which takes the memory of the trainable weights once more.
 *
 * @param <T> the optimizer itself
 */
public abstract class BaseOptimizer<T extends BaseOptimizer<T>> implements Optimizer {

  static final String LEARNING_RATE = "learning_rate";
  static final String WEIGHT_DECAY = "weight_decay";
  static final String ACCUMULATION_STEPS = "gradient_accumulation_steps";

  private final Moments gradients = new Moments();
  private final Set<Parameter> collected = new LinkedHashSet<>();
  private @Nullable LearningRateSchedule schedule;
  private @Nullable WeightDecay decay;
  private @Nullable GradientClipping clipping;
  private int accumulationSteps = 1;
  private float learningRate;
  private int batches;

  BaseOptimizer(double learningRate) {
    this.learningRate = (float) learningRate;
  }

  /** This, of its own type. */
  abstract T self();

  /** What the step under way does to a parameter. */
  abstract WeightUpdate rule(Compute compute, Parameter parameter, float learningRate);

  /** What it remembers of each weight, by Keras's names in Keras's order. */
  abstract Map<String, Moments> moments();

  /** Keras's class, and the arguments that the optimizer has of its own. */
  abstract ObjectConfig arguments();

  /** The number of the step under way, from 1; batches that only add to gradients are no step. */
  final int iteration() {
    return batches / accumulationSteps;
  }

  /** The batches learnt from: Keras's variable {@code iteration}. */
  public final int iterations() {
    return batches;
  }

  /**
   * Goes on as if so many batches had been learnt from.
   *
   * @throws IllegalArgumentException if less than 0
   */
  public final void setIterations(int iterations) {
    if (iterations < 0) {
      throw new IllegalArgumentException("iterations: expected at least 0, found " + iterations);
    }
    batches = iterations;
  }

  /**
   * The names of what it remembers of each weight, by Keras's names in Keras's order: {@code
   * momentum} and {@code velocity} for Adam; {@code gradient_accumulator} before them where
   * gradients are accumulated.
   */
  public final List<String> slotNames() {
    return List.copyOf(slots().keySet());
  }

  private Map<String, Moments> slots() {
    Map<String, Moments> slots = new LinkedHashMap<>();
    if (accumulationSteps > 1) {
      slots.put("gradient_accumulator", gradients);
    }
    slots.putAll(moments());
    return slots;
  }

  /**
   * What it remembers of a weight, zeros before the first step. With {@link #iterations} and {@link
   * #learningRate()} these are all its state: who writes another optimizer's values into them goes
   * on as the other would.
   *
   * @param name one of {@link #slotNames}
   * @return a tensor of the weight's shape, always on the same values, which training changes
   * @throws IllegalArgumentException if there is no such name
   */
  public final Tensor slot(String name, Parameter parameter) {
    Moments moments = slots().get(name);
    if (moments == null) {
      throw new IllegalArgumentException(
          name() + ": expected a slot of " + slotNames() + ", found '" + name + "'");
    }
    return Tensor.of(parameter.shape(), moments.of(parameter));
  }

  /**
   * Keras's class and arguments, the learning rate being the present one.
   *
   * @throws ConfigException if the rate is a schedule of one's own
   */
  public final ObjectConfig config() {
    ObjectConfig own = arguments();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", name());
    values.put(
        LEARNING_RATE,
        schedule == null
            ? (Object) (double) learningRate
            : schedule.config().serialized("keras.optimizers.schedules"));
    values.put(WEIGHT_DECAY, decay == null ? null : decay.rate());
    for (GradientClipping.Rule rule : GradientClipping.Rule.values()) {
      boolean clips = clipping != null && clipping.rule() == rule;
      values.put(rule.kerasName(), clips && clipping != null ? clipping.limit() : null);
    }
    values.put(ACCUMULATION_STEPS, accumulationSteps > 1 ? accumulationSteps : null);
    values.putAll(own.values());
    return new ObjectConfig(own.className(), values);
  }

  /**
   * Takes the rate of every step from a schedule, in place of a fixed rate. The schedule counts
   * batches, as Keras's does, also where gradients are accumulated over several.
   */
  public final T learningRate(LearningRateSchedule schedule) {
    this.schedule = schedule;
    return self();
  }

  /**
   * Lets weights decay before each step, {@code w -= lr weight_decay w}; as in Keras all trainable
   * ones, biases too. By default none, but for {@link AdamW}.
   *
   * @throws IllegalArgumentException if less than 0
   */
  public final T weightDecay(double rate) {
    decay = new WeightDecay(rate);
    return self();
  }

  /**
   * Limits the Euclidean norm of each weight's gradient; by default nothing is limited.
   *
   * @throws IllegalArgumentException if not above 0
   * @throws IllegalStateException if there is another limit already
   */
  public final T clipnorm(double limit) {
    return clip(GradientClipping.Rule.CLIPNORM, limit);
  }

  /**
   * Limits the absolute value of each element of the gradients; by default nothing is limited.
   *
   * @throws IllegalArgumentException if not above 0
   * @throws IllegalStateException if there is another limit already
   */
  public final T clipvalue(double limit) {
    return clip(GradientClipping.Rule.CLIPVALUE, limit);
  }

  /**
   * Limits the Euclidean norm of all gradients as one vector; by default nothing is limited.
   *
   * @throws IllegalArgumentException if not above 0
   * @throws IllegalStateException if there is another limit already
   */
  public final T globalClipnorm(double limit) {
    return clip(GradientClipping.Rule.GLOBAL_CLIPNORM, limit);
  }

  final T clip(GradientClipping.Rule rule, double limit) {
    String name = rule.kerasName();
    if (!(limit > 0)) {
      throw new IllegalArgumentException(name + ": expected more than 0, found " + limit);
    }
    if (clipping != null && clipping.rule() != rule) {
      throw new IllegalStateException(
          name + ": expected one of clipnorm, clipvalue and global_clipnorm, found two");
    }
    clipping = new GradientClipping(rule, limit);
    return self();
  }

  /**
   * Changes weights every so many batches only, by the mean of the batches' gradients; default 1.
   * What is left when {@code fit} ends counts in the next {@code fit}.
   *
   * @throws IllegalArgumentException if less than 1
   * @throws IllegalStateException if training has begun
   */
  public final T gradientAccumulationSteps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "gradient_accumulation_steps: expected at least 1, found " + steps);
    }
    if (batches > 0) {
      throw new IllegalStateException(
          "gradient_accumulation_steps: expected before the first step, found " + batches);
    }
    accumulationSteps = steps;
    return self();
  }

  private boolean collects() {
    return clipping != null || accumulationSteps > 1;
  }

  private WeightUpdate step(Compute compute, Parameter parameter) {
    WeightUpdate rule = rule(compute, parameter, learningRate);
    return decay == null ? rule : decay.before(rule, parameter.value().data(), learningRate);
  }

  @Override
  public final void beginStep() {
    learningRate = learningRate();
    batches++;
  }

  @Override
  public final WeightUpdate update(Compute compute, Parameter parameter) {
    if (!collects()) {
      return step(compute, parameter);
    }
    collected.add(parameter);
    float[] sums = gradients.of(parameter);
    return (from, to, gradient, offset) -> {
      for (int i = from; i < to; i++) {
        sums[i] += gradient[offset + i - from];
      }
    };
  }

  @Override
  public final void endStep(Compute compute) {
    if (!collects() || batches % accumulationSteps != 0) {
      return;
    }
    // Where the state was set in the middle of a step, it has gradients of batches before.
    collected.addAll(gradients.parametersInUse());
    List<float[]> sums = new ArrayList<>();
    collected.forEach(p -> sums.add(gradients.of(p)));
    if (accumulationSteps > 1) {
      sums.forEach(this::divide);
    }
    if (clipping != null) {
      clipping.clip(sums, compute.loop());
    }
    for (Parameter parameter : collected) {
      float[] gradient = gradients.of(parameter);
      step(compute, parameter).applyAll(gradient.length, gradient, 0, compute.loop());
      Arrays.fill(gradient, 0);
    }
    collected.clear();
  }

  private void divide(float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= accumulationSteps;
    }
  }

  /** The rate of the next step. */
  @Override
  public final float learningRate() {
    return schedule == null ? learningRate : (float) schedule.rate(batches);
  }

  /**
   * Changes the size of the steps to come.
   *
   * @throws IllegalStateException if a schedule sets it, as in Keras
   */
  @Override
  public final void setLearningRate(float learningRate) {
    if (schedule != null) {
      throw new IllegalStateException(
          "learning_rate: expected an optimizer with a fixed rate, found one with a schedule");
    }
    this.learningRate = learningRate;
  }
}
