package io.github.lanewise.kernels;

import org.jspecify.annotations.Nullable;

/**
 * The routines the engine is built on: float arrays in, float arrays out.
 *
 * <p>Activations are NHWC, filters HWIO, everything row-major. An offset is the index of a tensor's
 * first element in its array. Sources and destinations must not overlap unless a method says so.
 * Arguments are trusted: shapes are checked by the callers, once, not here.
 *
 * <p>Every routine gives the same bits for any number of threads: loops are split over outputs
 * only, and reductions run over fixed chunks in a fixed order. Implementations may differ from each
 * other by rounding.
 */
public interface Kernels {

  /** Width of the vectors in bits: 0 for scalar code, else 128, 256 or 512. */
  int vectorBits();

  /**
   * Independent chains of fused multiply-adds on registers, at this implementation's width: what
   * the machine can do at most. For measuring.
   *
   * @param turns links of each chain
   * @return the floating-point operations done
   */
  long multiplyAddChains(int turns);

  /**
   * Matrix product {@code c = op(a) op(b)}, or {@code c += op(a) op(b)} where {@code accumulate}.
   *
   * @param g sizes, transpositions and row strides
   */
  void gemm(
      GemmGeometry g,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate,
      ParallelLoop loop);

  /**
   * Rearranges a filter for {@link #conv2d}.
   *
   * @param g also tells the size that the algorithm is chosen for
   * @param filter [filterHeight, filterWidth, inputChannels / groups, outputChannels]
   * @param algorithm the best that may be used
   * @param precision the lowest that may be used: depthwise filters, which are small, stay floats
   */
  PackedFilter packFilter(
      Conv2dGeometry g,
      float[] filter,
      int filterOffset,
      Conv2dAlgorithm algorithm,
      WeightPrecision precision);

  /** Rearranges a filter for {@link #conv2d}, its weights as they are. */
  default PackedFilter packFilter(
      Conv2dGeometry g, float[] filter, int filterOffset, Conv2dAlgorithm algorithm) {
    return packFilter(g, filter, filterOffset, algorithm, WeightPrecision.FLOAT32);
  }

  /**
   * The float of a large array from which on operands are best put, and at multiples of 16 floats
   * behind it: there vectors do not lie across two cache lines where the JVM begins arrays at
   * multiples of 64 bytes. Elsewhere it is as good as any other.
   */
  default int firstFloat() {
    return 0;
  }

  /**
   * The algorithm that {@link #packFilter} chooses for these sizes.
   *
   * @param most the best that may be used
   */
  default Conv2dAlgorithm bestAlgorithm(Conv2dGeometry g, Conv2dAlgorithm most) {
    return Conv2dAlgorithm.DIRECT;
  }

  /** Rearranges a filter for a direct {@link #conv2d}. */
  default PackedFilter packFilter(Conv2dGeometry g, float[] filter, int filterOffset) {
    return packFilter(g, filter, filterOffset, Conv2dAlgorithm.DIRECT);
  }

  /** Floats of workspace that {@link #conv2d} needs for this geometry; 0 for many. */
  int conv2dWorkspace(Conv2dGeometry g, PackedFilter filter);

  /**
   * Convolution (cross-correlation, as in Keras) of a batch, then bias and relu as the epilogue
   * says. With {@code groups == inputChannels} it is the depthwise convolution.
   *
   * @param input [batch, inputHeight, inputWidth, inputChannels], pixels {@code inputPixelStride}
   *     apart
   * @param filter made by {@link #packFilter} of this object with the same geometry but for batch,
   *     input size and pixel strides
   * @param output [batch, outputHeight, outputWidth, outputChannels], pixels {@code
   *     outputPixelStride} apart; floats between the pixels are left alone
   * @param workspace at least {@link #conv2dWorkspace} floats from {@code workspaceOffset} on
   */
  void conv2d(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      PackedFilter filter,
      Epilogue epilogue,
      float[] output,
      int outputOffset,
      float[] workspace,
      int workspaceOffset,
      ParallelLoop loop);

  /**
   * Convolution by a filter that changes before it is used again, as in training: packed as by
   * {@link #packFilter}, into memory that the calling thread may keep for its next such call. The
   * same bits as {@link #conv2d(Conv2dGeometry, float[], int, PackedFilter, Epilogue, float[], int,
   * float[], int, ParallelLoop)}.
   *
   * @param filter [filterHeight, filterWidth, inputChannels / groups, outputChannels]
   * @param algorithm the best that may be used
   */
  default void conv2d(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      float[] filter,
      int filterOffset,
      Conv2dAlgorithm algorithm,
      Epilogue epilogue,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    PackedFilter packed = packFilter(g, filter, filterOffset, algorithm);
    float[] workspace = new float[conv2dWorkspace(g, packed)];
    conv2d(g, input, inputOffset, packed, epilogue, output, outputOffset, workspace, 0, loop);
  }

  /**
   * A call of {@link #conv2d} made ready. Each run computes the output anew from what the arrays
   * then hold, and allocates nothing once warm. Not for several threads at once.
   */
  default Runnable bindConv2d(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      PackedFilter filter,
      Epilogue epilogue,
      float[] output,
      int outputOffset,
      float[] workspace,
      int workspaceOffset,
      ParallelLoop loop) {
    return () ->
        conv2d(
            g,
            input,
            inputOffset,
            filter,
            epilogue,
            output,
            outputOffset,
            workspace,
            workspaceOffset,
            loop);
  }

  /**
   * Adds the gradient of a convolution with respect to its input. Pixels must be dense on both
   * sides.
   *
   * @param filter the filter as it is, not packed
   */
  void conv2dInputGradient(
      Conv2dGeometry g,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filter,
      int filterOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop);

  /** Adds the gradient of a convolution with respect to its filter. Pixels must be dense. */
  void conv2dFilterGradient(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filterGradient,
      int filterGradientOffset,
      ParallelLoop loop);

  /** Maximum over windows; padding never wins. NaN wins over everything. */
  void maxPool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      ParallelLoop loop);

  /** A call of {@link #maxPool2d} made ready, as {@link #bindConv2d}. */
  default Runnable bindMaxPool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    return () -> maxPool2d(g, input, inputOffset, output, outputOffset, loop);
  }

  /**
   * Adds each output's gradient to the first input of its window, in row-major order, that holds
   * the maximum. Pixels must be dense.
   */
  void maxPool2dGradient(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop);

  /**
   * Average over the part of each window that lies inside the input.
   *
   * @param relu whether negative averages become zero; NaN stays NaN
   */
  void averagePool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      boolean relu,
      float[] output,
      int outputOffset,
      ParallelLoop loop);

  /** A call of {@link #averagePool2d} made ready, as {@link #bindConv2d}. */
  default Runnable bindAveragePool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      boolean relu,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    return () -> averagePool2d(g, input, inputOffset, relu, output, outputOffset, loop);
  }

  /** Adds the gradient of {@link #averagePool2d}. Pixels must be dense. */
  void averagePool2dGradient(
      Pool2dGeometry g,
      float[] outputGradient,
      int outputGradientOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop);

  /** {@code c[i] = a[i] + b[i]}; {@code c} may be {@code a} or {@code b}. */
  void add(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      ParallelLoop loop);

  /** {@code y[i] += alpha * x[i]}. */
  void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop);

  /** {@code y[i] = max(x[i], 0)}, NaN stays NaN; {@code y} may be {@code x}. */
  void relu(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop);

  /** {@code dx[i] += y[i] > 0 ? dy[i] : 0}. */
  void reluGradient(
      int n,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      ParallelLoop loop);

  /** {@code y[i] = 1 / (1 + exp(-x[i]))}; {@code y} may be {@code x}. */
  void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop);

  /** {@code dx[i] += dy[i] * y[i] * (1 - y[i])}. */
  void sigmoidGradient(
      int n,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      ParallelLoop loop);

  /** Softmax of each row, shifted by the row's maximum; {@code y} may be {@code x}. */
  void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop);

  /** {@code dx += y * (dy - sum(y * dy))} for each row. */
  void softmaxGradient(
      int rows,
      int columns,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      ParallelLoop loop);

  /** {@code y[r, c] = x[r, c] * scale[c] + shift[c]}; {@code y} may be {@code x}. */
  void scaleShift(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] scale,
      float[] shift,
      float[] y,
      int yOffset,
      ParallelLoop loop);

  /** Adds {@code bias[c]} to each row of {@code x} in place. */
  void addBias(
      int rows,
      int channels,
      float[] bias,
      int biasOffset,
      float[] x,
      int xOffset,
      ParallelLoop loop);

  /** {@code sums[c] += sum over r of x[r, c]}. */
  void columnSums(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] sums,
      int sumsOffset,
      ParallelLoop loop);

  /** Mean and biased variance of each channel over all rows. */
  void moments(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] mean,
      float[] variance,
      ParallelLoop loop);

  /**
   * Gradient of batch normalization by the batch's own statistics (Ioffe and Szegedy 2015). Adds to
   * those gradients that are given.
   *
   * @param gamma one a channel, or null for ones
   */
  void batchNormalizationGradient(
      int rows,
      int channels,
      float epsilon,
      float[] x,
      int xOffset,
      float[] mean,
      float[] variance,
      float @Nullable [] gamma,
      float[] dy,
      int dyOffset,
      float @Nullable [] dx,
      int dxOffset,
      float @Nullable [] dgamma,
      float @Nullable [] dbeta,
      ParallelLoop loop);

  /**
   * Computes {@code a^T b}, [m, n] of [k, m] and [k, n], all dense, a few rows at a time, and
   * applies the update to them at once: the gradient of a matrix of weights is then never stored.
   * The same bits as {@link #gemm} and {@link WeightUpdate#applyAll}.
   *
   * @param update of the {@code m n} weights, row-major
   */
  void gemmUpdate(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      WeightUpdate update,
      ParallelLoop loop);

  /**
   * One RMSprop step: {@code v = rho v + (1 - rho) g^2; w -= lr g / sqrt(v + epsilon)}, as Keras
   * 3's {@code keras/src/optimizers/rmsprop.py} without momentum.
   */
  WeightUpdate rmsprop(float[] w, float[] v, float learningRate, float rho, float epsilon);

  /**
   * One SGD step: {@code m = momentum m - lr g; w += m}, with Nesterov {@code w += momentum m - lr
   * g} ({@code keras/src/optimizers/sgd.py}).
   */
  WeightUpdate sgd(float[] w, float[] m, float learningRate, float momentum, boolean nesterov);

  /**
   * One Adam step: {@code m += (1 - beta1)(g - m); v += (1 - beta2)(g^2 - v); w -= m stepSize /
   * (sqrt(v) + epsilon)} ({@code keras/src/optimizers/adam.py}).
   *
   * @param stepSize {@code lr sqrt(1 - beta2^t) / (1 - beta1^t)}
   */
  WeightUpdate adam(
      float[] w, float[] m, float[] v, float stepSize, float beta1, float beta2, float epsilon);
}
