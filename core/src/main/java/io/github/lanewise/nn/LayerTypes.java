package io.github.lanewise.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Layer classes by Keras's names, each with what makes a layer from a configuration. Immutable.
 *
 * <p>A layer of one's own joins by {@link #with}: {@code LayerTypes.standard().with("MyLayer", c ->
 * new MyLayer(c.integer("units")))}.
 */
public final class LayerTypes {

  private static final LayerTypes STANDARD =
      new LayerTypes(Map.of())
          .with("Activation", ActivationLayer::fromConfig)
          .with("Add", Add::fromConfig)
          .with("Average", Average::fromConfig)
          .with("AveragePooling1D", AveragePooling1D::fromConfig)
          .with("AveragePooling2D", AveragePooling2D::fromConfig)
          .with("BatchNormalization", BatchNormalization::fromConfig)
          .with("Concatenate", Concatenate::fromConfig)
          .with("Conv1D", Conv1D::fromConfig)
          .with("Conv2D", Conv2D::fromConfig)
          .with("Cropping1D", Cropping1D::fromConfig)
          .with("Cropping2D", Cropping2D::fromConfig)
          .with("CustomScaleLayer", CustomScaleLayer::fromConfig)
          .with("Dense", Dense::fromConfig)
          .with("DepthwiseConv2D", DepthwiseConv2D::fromConfig)
          .with("Dropout", Dropout::fromConfig)
          .with("ELU", ELU::fromConfig)
          .with("Flatten", Flatten::fromConfig)
          .with("GaussianDropout", GaussianDropout::fromConfig)
          .with("GaussianNoise", GaussianNoise::fromConfig)
          .with("GlobalAveragePooling1D", GlobalAveragePooling1D::fromConfig)
          .with("GlobalAveragePooling2D", GlobalAveragePooling2D::fromConfig)
          .with("GlobalMaxPooling1D", GlobalMaxPooling1D::fromConfig)
          .with("GlobalMaxPooling2D", GlobalMaxPooling2D::fromConfig)
          .with("LeakyReLU", LeakyReLU::fromConfig)
          .with("MaxPooling1D", MaxPooling1D::fromConfig)
          .with("MaxPooling2D", MaxPooling2D::fromConfig)
          .with("Maximum", Maximum::fromConfig)
          .with("Minimum", Minimum::fromConfig)
          .with("Multiply", Multiply::fromConfig)
          .with("Normalization", Normalization::fromConfig)
          .with("PReLU", PReLU::fromConfig)
          .with("Permute", Permute::fromConfig)
          .with("ReLU", ReLU::fromConfig)
          .with("RepeatVector", RepeatVector::fromConfig)
          .with("Rescaling", Rescaling::fromConfig)
          .with("Reshape", Reshape::fromConfig)
          .with("SeparableConv1D", SeparableConv1D::fromConfig)
          .with("SeparableConv2D", SeparableConv2D::fromConfig)
          .with("Softmax", Softmax::fromConfig)
          .with("SpatialDropout2D", SpatialDropout2D::fromConfig)
          .with("Subtract", Subtract::fromConfig)
          .with("UpSampling1D", UpSampling1D::fromConfig)
          .with("Conv2DTranspose", Conv2DTranspose::fromConfig)
          .with("GroupNormalization", GroupNormalization::fromConfig)
          .with("LayerNormalization", LayerNormalization::fromConfig)
          .with("Resizing", Resizing::fromConfig)
          .with("TFOpLambda", TFOpLambda::fromConfig)
          .with("UpSampling2D", UpSampling2D::fromConfig)
          .with("ZeroPadding1D", ZeroPadding1D::fromConfig)
          .with("ZeroPadding2D", ZeroPadding2D::fromConfig);

  private final Map<String, Function<LayerConfig, ? extends Layer>> types;

  private LayerTypes(Map<String, Function<LayerConfig, ? extends Layer>> types) {
    this.types = types;
  }

  /** The layers of this package. */
  public static LayerTypes standard() {
    return STANDARD;
  }

  /**
   * These types and one more, which may replace one of the same name.
   *
   * @param className Keras's name of the class
   * @param fromConfig makes a layer; name and {@code trainable} are set for it
   */
  public LayerTypes with(String className, Function<LayerConfig, ? extends Layer> fromConfig) {
    Map<String, Function<LayerConfig, ? extends Layer>> more = new LinkedHashMap<>(types);
    more.put(className, fromConfig);
    return new LayerTypes(more);
  }

  /** The names of all classes. */
  public Set<String> classNames() {
    return Set.copyOf(types.keySet());
  }

  /**
   * A layer of this configuration.
   *
   * @throws ConfigException if the class is unknown, or an argument is not supported
   */
  public Layer create(LayerConfig config) {
    Function<LayerConfig, ? extends Layer> type = types.get(config.className());
    if (type == null) {
      throw new ConfigException(
          "Layer '"
              + config.string("name", config.className())
              + "': no layer class "
              + config.className()
              + " is known; register it with LayerTypes.with(\""
              + config.className()
              + "\", config -> ...)");
    }
    try {
      Layer layer = type.apply(config);
      if (config.has("name") && layer.givenName() == null) {
        layer.assignName(config.string("name", ""));
      }
      layer.setTrainable(config.bool("trainable", true));
      return layer;
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ConfigException(
          "Layer '"
              + config.string("name", "")
              + "' ("
              + config.className()
              + "): "
              + e.getMessage(),
          e);
    }
  }
}
