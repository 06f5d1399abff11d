package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.Pool2dGeometry;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.kernels.WeightUpdate;
import io.github.lanewise.kernels.scalar.ScalarKernels;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Kernels on the Vector API. What C2 vectorises by itself is left to the scalar loops. */
public final class SimdKernels extends ScalarKernels {

  private SimdKernels() {}

  /**
   * The kernels of this JVM.
   *
   * @param bits the width of vectors that the caller expects, or -1 for the machine's preferred one
   * @throws IllegalStateException if the vectors of this JVM have another width
   */
  public static SimdKernels open(int bits) {
    int found = Lanes.SPECIES.vectorBitSize();
    if (bits != -1 && bits != found) {
      throw new IllegalStateException(
          "SimdKernels: expected vectors of " + bits + " bits, found " + found);
    }
    return new SimdKernels();
  }

  @Override
  public int vectorBits() {
    return Lanes.SPECIES.vectorBitSize();
  }

  @Override
  public long multiplyAddChains(int turns) {
    return SimdChains.run(turns);
  }

  @Override
  public void gemm(
      GemmGeometry g,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate,
      ParallelLoop loop) {
    SimdGemm.gemm(g, a, aOffset, b, bOffset, c, cOffset, accumulate, loop);
  }

  @Override
  public int firstFloat() {
    return Lanes.FIRST;
  }

  @Override
  public PackedFilter packFilter(
      Conv2dGeometry g,
      float[] filter,
      int filterOffset,
      Conv2dAlgorithm algorithm,
      WeightPrecision precision) {
    return pack(g, filter, filterOffset, algorithm, precision, float[]::new, ParallelLoop.serial());
  }

  /**
   * @param memory gives an array of at least so many floats, with anything in it
   */
  private PackedFilter pack(
      Conv2dGeometry g,
      float[] filter,
      int filterOffset,
      Conv2dAlgorithm algorithm,
      WeightPrecision precision,
      IntFunction<float[]> memory,
      ParallelLoop loop) {
    if (SimdConv2d.isDepthwise(g)) {
      return super.packFilter(g, filter, filterOffset, algorithm, precision);
    }
    PlainTile.warmUp();
    if (bestAlgorithm(g, algorithm) == Conv2dAlgorithm.WINOGRAD) {
      return WinogradFilter.of(g, filter, filterOffset, memory, loop).in(precision);
    }
    return PictureFilter.suits(g) && precision == WeightPrecision.FLOAT32
        ? PictureFilter.of(g, filter, filterOffset, memory, loop)
        : SimdConv2d.pack(g, filter, filterOffset, precision, memory, loop);
  }

  @Override
  public void conv2d(
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
    PackedFilter packed =
        pack(
            g,
            filter,
            filterOffset,
            algorithm,
            WeightPrecision.FLOAT32,
            Scratch.PACKED::floats,
            loop);
    float[] workspace = Scratch.WORKSPACE.floats(conv2dWorkspace(g, packed));
    conv2d(g, input, inputOffset, packed, epilogue, output, outputOffset, workspace, 0, loop);
  }

  @Override
  public Conv2dAlgorithm bestAlgorithm(Conv2dGeometry g, Conv2dAlgorithm most) {
    return most == Conv2dAlgorithm.WINOGRAD && !SimdConv2d.isDepthwise(g) && WinogradFilter.suits(g)
        ? Conv2dAlgorithm.WINOGRAD
        : Conv2dAlgorithm.DIRECT;
  }

  @Override
  public int conv2dWorkspace(Conv2dGeometry g, PackedFilter filter) {
    return filter instanceof Panels || filter instanceof PictureFilter ? Bordered.size(g) : 0;
  }

  @Override
  public void conv2d(
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
    bindConv2d(
            g,
            input,
            inputOffset,
            filter,
            epilogue,
            output,
            outputOffset,
            workspace,
            workspaceOffset,
            loop)
        .run();
  }

  @Override
  public Runnable bindConv2d(
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
    if (filter instanceof WinogradFilter winograd) {
      return new WinogradConv2d(
          g, winograd, epilogue, input, inputOffset, output, outputOffset, loop);
    }
    if (filter instanceof PictureFilter picture) {
      return PictureConv2d.bind(
          g,
          input,
          inputOffset,
          picture,
          epilogue,
          output,
          outputOffset,
          workspace,
          workspaceOffset,
          loop);
    }
    if (filter instanceof Panels panels) {
      return SimdConv2d.bind(
          g,
          input,
          inputOffset,
          panels,
          epilogue,
          output,
          outputOffset,
          workspace,
          workspaceOffset,
          loop);
    }
    return () ->
        super.conv2d(
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

  @Override
  public void conv2dInputGradient(
      Conv2dGeometry g,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filter,
      int filterOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    SimdConv2dInputGradient.conv2dInputGradient(
        g,
        outputGradient,
        outputGradientOffset,
        filter,
        filterOffset,
        inputGradient,
        inputGradientOffset,
        loop);
  }

  @Override
  public void conv2dFilterGradient(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filterGradient,
      int filterGradientOffset,
      ParallelLoop loop) {
    if (WinogradFilter.suits(g)) {
      WinogradFilterGradient.add(
          g,
          input,
          inputOffset,
          outputGradient,
          outputGradientOffset,
          filterGradient,
          filterGradientOffset,
          loop);
      return;
    }
    SimdConv2dFilterGradient.conv2dFilterGradient(
        g,
        input,
        inputOffset,
        outputGradient,
        outputGradientOffset,
        filterGradient,
        filterGradientOffset,
        loop);
  }

  @Override
  public void maxPool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    bindMaxPool2d(g, input, inputOffset, output, outputOffset, loop).run();
  }

  @Override
  public Runnable bindMaxPool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    return SimdMaxPool2d.bind(g, input, inputOffset, output, outputOffset, loop);
  }

  @Override
  public void averagePool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      boolean relu,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    bindAveragePool2d(g, input, inputOffset, relu, output, outputOffset, loop).run();
  }

  @Override
  public Runnable bindAveragePool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      boolean relu,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    return SimdAveragePool2d.bind(g, input, inputOffset, relu, output, outputOffset, loop);
  }

  @Override
  public void add(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      ParallelLoop loop) {
    SimdElementwise.add(n, a, aOffset, b, bOffset, c, cOffset, loop);
  }

  @Override
  public void axpy(
      int n, float alpha, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    SimdElementwise.axpy(n, alpha, x, xOffset, y, yOffset, loop);
  }

  @Override
  public void relu(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    SimdElementwise.relu(n, x, xOffset, y, yOffset, loop);
  }

  @Override
  public void reluGradient(
      int n,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      ParallelLoop loop) {
    SimdElementwise.reluGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset, loop);
  }

  @Override
  public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    SimdSigmoid.sigmoid(n, x, xOffset, y, yOffset, loop);
  }

  @Override
  public void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    SimdSoftmax.softmax(rows, columns, x, xOffset, y, yOffset, loop);
  }

  @Override
  public void scaleShift(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] scale,
      float[] shift,
      float[] y,
      int yOffset,
      ParallelLoop loop) {
    SimdElementwise.scaleShift(rows, channels, x, xOffset, scale, shift, y, yOffset, loop);
  }

  @Override
  public void addBias(
      int rows,
      int channels,
      float[] bias,
      int biasOffset,
      float[] x,
      int xOffset,
      ParallelLoop loop) {
    SimdElementwise.addBias(rows, channels, bias, biasOffset, x, xOffset, loop);
  }

  @Override
  public void maxPool2dGradient(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    SimdPool2dGradient.maxPool2dGradient(
        g,
        input,
        inputOffset,
        output,
        outputOffset,
        outputGradient,
        outputGradientOffset,
        inputGradient,
        inputGradientOffset,
        loop);
  }

  @Override
  public void averagePool2dGradient(
      Pool2dGeometry g,
      float[] outputGradient,
      int outputGradientOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    SimdPool2dGradient.averagePool2dGradient(
        g, outputGradient, outputGradientOffset, inputGradient, inputGradientOffset, loop);
  }

  @Override
  public void batchNormalizationGradient(
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
      ParallelLoop loop) {
    SimdBatchNormalization.gradient(
        rows, channels, epsilon, x, xOffset, mean, variance, gamma, dy, dyOffset, dx, dxOffset,
        dgamma, dbeta, loop);
  }

  @Override
  public void moments(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] mean,
      float[] variance,
      ParallelLoop loop) {
    SimdMoments.moments(rows, channels, x, xOffset, mean, variance, loop);
  }

  @Override
  public void gemmUpdate(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      WeightUpdate update,
      ParallelLoop loop) {
    SimdOuterUpdate.run(m, n, k, a, aOffset, b, bOffset, update, loop);
  }

  @Override
  public WeightUpdate rmsprop(float[] w, float[] v, float learningRate, float rho, float epsilon) {
    return new SimdRmsprop(w, v, learningRate, rho, epsilon);
  }

  @Override
  public WeightUpdate sgd(
      float[] w, float[] m, float learningRate, float momentum, boolean nesterov) {
    return new SimdSgd(w, m, learningRate, momentum, nesterov);
  }

  @Override
  public WeightUpdate adam(
      float[] w, float[] m, float[] v, float stepSize, float beta1, float beta2, float epsilon) {
    return new SimdAdam(w, m, v, stepSize, beta1, beta2, epsilon);
  }
}
