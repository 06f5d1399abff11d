package io.github.lanewise.nn;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer: parameters, and the chain of ops that it applies. Its parameters come to be at the first
 * {@link #build}. A layer that is not given a name gets one when a model takes it up, as in Keras:
 * the class's name in snake case, numbered within the model.
 */
public abstract class Layer {

  private @Nullable String name;
  private boolean trainable = true;
  private @Nullable List<Shape> builtFor;
  private List<Parameter> parameters = List.of();
  private long position;
  private long passes;

  /** A layer with this name, or without one yet. */
  protected Layer(@Nullable String name) {
    this.name = name;
  }

  /**
   * Creates the parameters for inputs of these shapes (batch first, which may be unknown), in
   * Keras's order. Called once.
   */
  protected List<Parameter> createParameters(List<Shape> inputs) {
    return List.of();
  }

  /**
   * The initializer given, or else Glorot's uniform distribution, seeded by the place of the
   * layer's first call in its graph: the same graph starts with the same weights, and no two layers
   * of one graph with equal ones.
   */
  protected final Initializer orGlorotUniform(@Nullable Initializer given) {
    return given == null ? new GlorotUniform(position) : given;
  }

  /** A kernel that starts as the initializer says, or else by {@link #orGlorotUniform}. */
  final Parameter kernel(
      String name, Shape shape, int fanIn, int fanOut, @Nullable Initializer given) {
    Initializer initializer = orGlorotUniform(given);
    return new Parameter(name, shape, () -> initializer.create(shape, fanIn, fanOut), true);
  }

  /** Where in its graph the layer is called, as a number that is the same for the same graph. */
  final void setPosition(long position) {
    if (!built()) {
      this.position = position;
    }
  }

  /**
   * The ops to apply, never empty.
   *
   * @param training whether this is a forward pass of training, in which dropout drops and batch
   *     normalization uses the batch's statistics (unless frozen)
   */
  protected abstract List<OpCall> calls(boolean training);

  /**
   * Keras's arguments of the layer besides its name and whether it is trainable, in the order of
   * its {@code get_config}; none by default. Values are as {@link LayerConfig#of} takes them.
   */
  protected Map<String, @Nullable Object> arguments() {
    return Map.of();
  }

  /** The layer's configuration: what {@link LayerTypes#create} makes an equal layer from. */
  public final LayerConfig config() {
    Map<String, @Nullable Object> values =
        LayerConfig.arguments("name", name, "trainable", trainable);
    values.putAll(arguments());
    return LayerConfig.of(kerasClassName(), values);
  }

  /**
   * The forward passes of training so far, where the layer draws random numbers in them: with its
   * seed, all that these depend on.
   */
  public final long passes() {
    return passes;
  }

  /** Goes on as after so many passes. */
  public final void setPasses(long passes) {
    this.passes = passes;
  }

  /** Counts a pass. */
  final long nextPass() {
    return passes++;
  }

  /** Whether the layer acts differently in training although it has nothing to learn: dropout. */
  public boolean stochastic() {
    return false;
  }

  /**
   * Creates the parameters for inputs of these shapes, batch first. Does nothing where the layer is
   * built already.
   *
   * @throws ShapeException naming the layer, if the layer can not take such inputs
   */
  public final void build(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw new ShapeException("Layer '" + displayName() + "': expected inputs, found none");
    }
    if (builtFor == null) {
      try {
        parameters = List.copyOf(createParameters(inputs));
      } catch (ShapeException e) {
        throw inThisLayer(e);
      }
      builtFor = List.copyOf(inputs);
    }
  }

  /**
   * The shape of the output for inputs of these shapes; builds the layer where it is not yet,
   * unless it throws.
   *
   * @throws ShapeException naming the layer, if the shapes do not fit
   */
  public final Shape outputShape(List<Shape> inputs) {
    boolean first = !built();
    build(inputs);
    try {
      List<Shape> current = inputs;
      for (OpCall call : calls(false)) {
        List<Shape> arguments = new ArrayList<>(current);
        call.parameters().forEach(p -> arguments.add(p.shape()));
        current = List.of(call.op().outputShape(arguments));
      }
      return current.get(0);
    } catch (ShapeException e) {
      if (first) {
        parameters = List.of();
        builtFor = null;
      }
      throw inThisLayer(e);
    }
  }

  /**
   * Calls the layer in a graph, on the outputs of nodes. The layer is built by its first call.
   *
   * @throws ShapeException naming the layer, if the shapes do not fit
   */
  public final Node on(Node... inputs) {
    return Node.of(this, List.of(inputs));
  }

  /**
   * Calls the layer in a graph, on the outputs of nodes. The layer is built by its first call.
   *
   * @throws ShapeException naming the layer, if the shapes do not fit
   */
  public final Node on(List<Node> inputs) {
    return Node.of(this, inputs);
  }

  /**
   * Applies the layer to tensors. Learned parameters are watched where the layer is trainable and
   * {@code training} is set.
   *
   * @throws ShapeException naming the layer, if the shapes do not fit
   */
  public final Tensor forward(Tape tape, List<Tensor> inputs, boolean training) {
    build(inputs.stream().map(Tensor::shape).toList());
    if (training && trainable) {
      parameters.stream().filter(Parameter::learned).forEach(p -> tape.watch(p.value()));
    }
    try {
      List<Tensor> current = inputs;
      for (OpCall call : calls(training)) {
        List<Tensor> arguments = new ArrayList<>(current);
        call.parameters().forEach(p -> arguments.add(p.value()));
        Tensor output = tape.apply(displayName(), call.op(), arguments);
        if (current != inputs) {
          current.forEach(tape::release);
        }
        current = List.of(output);
      }
      return current.get(0);
    } catch (ShapeException e) {
      throw inThisLayer(e);
    }
  }

  /** The ops applied in inference: what an inference plan is compiled from. */
  public final List<OpCall> inferenceCalls() {
    return calls(false);
  }

  /**
   * For setters of what the weights or the output depend on.
   *
   * @throws IllegalStateException if the layer is built
   */
  protected final void requireUnbuilt(String argument) {
    if (built()) {
      throw new IllegalStateException(
          "Layer '" + displayName() + "': " + argument + " can not change after the first call");
    }
  }

  private ShapeException inThisLayer(ShapeException e) {
    return new ShapeException("Layer '" + displayName() + "': " + e.getMessage(), e);
  }

  /** The name; null before a model has taken the layer up, where none was given. */
  public final @Nullable String givenName() {
    return name;
  }

  /**
   * The name.
   *
   * @throws IllegalStateException if the layer has none yet
   */
  public final String name() {
    if (name == null) {
      throw new IllegalStateException(
          getClass().getSimpleName() + ": has no name before it is part of a model");
    }
    return name;
  }

  private String displayName() {
    return name == null ? kerasClassName() : name;
  }

  /**
   * Names the layer; for models.
   *
   * @throws IllegalStateException if it has another name already
   */
  public final void assignName(String given) {
    if (name != null && !name.equals(given)) {
      throw new IllegalStateException(
          "Layer '" + name + "': can not be renamed to '" + given + "'");
    }
    name = given;
  }

  /** The Keras class of this layer, as {@code summary} prints it. */
  public String kerasClassName() {
    return getClass().getSimpleName();
  }

  /** The module that Keras 3 finds the class in. */
  public String kerasModule() {
    return "keras.layers";
  }

  /** What automatic names start with: {@code conv2d}, {@code max_pooling2d}. */
  public String autoNamePrefix() {
    return kerasClassName()
        .replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** Whether an optimizer may update the learned parameters; true at first. */
  public final boolean trainable() {
    return trainable;
  }

  /**
   * Freezes or unfreezes the layer. A frozen batch normalization runs in inference mode, as in
   * Keras.
   */
  public final void setTrainable(boolean trainable) {
    this.trainable = trainable;
  }

  /** All parameters in Keras's order; none before the layer is built. */
  public final List<Parameter> parameters() {
    return parameters;
  }

  /** The parameters that an optimizer updates: the learned ones, none if the layer is frozen. */
  public final List<Parameter> trainableParameters() {
    return trainable ? parameters.stream().filter(Parameter::learned).toList() : List.of();
  }

  /** Whether {@link #build} has run. */
  public final boolean built() {
    return builtFor != null;
  }

  @Override
  public String toString() {
    return kerasClassName() + " '" + displayName() + "'";
  }
}
