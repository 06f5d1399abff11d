package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.WeightPrecision;
import java.util.Arrays;

/** A filter as it is, [height, width, inputChannels / groups, outputChannels], in one precision. */
interface ScalarFilter extends PackedFilter {

  /** {@code y[to + i] += factor * weight[from + i]} for i &lt; n. */
  void addProducts(int n, float factor, int from, float[] y, int to);

  @Override
  default String algorithm() {
    return "direct, scalar";
  }

  @Override
  default double expectedSpeed(Conv2dGeometry g) {
    return 0.1;
  }

  /** Depthwise filters stay floats: they are small, and each weight has few to average out with. */
  static ScalarFilter of(Conv2dGeometry g, float[] filter, int offset, WeightPrecision precision) {
    int size = g.filterHeight() * g.filterWidth() * g.groupInputChannels() * g.outputChannels();
    float[] weights = Arrays.copyOfRange(filter, offset, offset + size);
    return switch (g.depthwise() && g.groups() > 1 ? WeightPrecision.FLOAT32 : precision) {
      case FLOAT32 -> new Float32(weights);
      case BFLOAT16 -> BFloat16.of(weights);
      case INT8 -> Int8.of(weights, g.outputChannels());
    };
  }

  /**
   * Floats.
   *
   * @param weights HWIO
   */
  record Float32(float[] weights) implements ScalarFilter {

    @Override
    public void addProducts(int n, float factor, int from, float[] y, int to) {
      for (int i = 0; i < n; i++) {
        y[to + i] += factor * weights[from + i];
      }
    }

    @Override
    public WeightPrecision precision() {
      return WeightPrecision.FLOAT32;
    }

    @Override
    public long bytes() {
      return 4L * weights.length;
    }
  }

  /**
   * Upper halves of floats.
   *
   * @param weights HWIO
   */
  record BFloat16(short[] weights) implements ScalarFilter {

    static BFloat16 of(float[] weights) {
      short[] rounded = new short[weights.length];
      for (int i = 0; i < weights.length; i++) {
        rounded[i] = WeightRounding.toBFloat16(weights[i]);
      }
      return new BFloat16(rounded);
    }

    @Override
    public void addProducts(int n, float factor, int from, float[] y, int to) {
      for (int i = 0; i < n; i++) {
        y[to + i] += factor * WeightRounding.fromBFloat16(weights[from + i]);
      }
    }

    @Override
    public WeightPrecision precision() {
      return WeightPrecision.BFLOAT16;
    }

    @Override
    public long bytes() {
      return 2L * weights.length;
    }
  }

  /**
   * Bytes, and a scale for each output channel.
   *
   * @param weights HWIO
   */
  record Int8(byte[] weights, float[] scales) implements ScalarFilter {

    static Int8 of(float[] weights, int channels) {
      float[] scales = new float[channels];
      for (int i = 0; i < weights.length; i++) {
        scales[i % channels] = Math.max(scales[i % channels], Math.abs(weights[i]));
      }
      for (int c = 0; c < channels; c++) {
        scales[c] = WeightRounding.scale(scales[c]);
      }
      byte[] rounded = new byte[weights.length];
      for (int i = 0; i < weights.length; i++) {
        rounded[i] = WeightRounding.toInt8(weights[i], scales[i % channels]);
      }
      return new Int8(rounded, scales);
    }

    @Override
    public void addProducts(int n, float factor, int from, float[] y, int to) {
      int channel = from % scales.length;
      for (int i = 0; i < n; i++) {
        y[to + i] += factor * (weights[from + i] * scales[channel + i]);
      }
    }

    @Override
    public WeightPrecision precision() {
      return WeightPrecision.INT8;
    }

    @Override
    public long bytes() {
      return weights.length + 4L * scales.length;
    }
  }
}
