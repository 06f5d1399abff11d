package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.Pool2dGeometry;
import io.github.lanewise.kernels.WeightPrecision;
import io.github.lanewise.kernels.WeightUpdate;
import org.jspecify.annotations.Nullable;

/** All kernels as plain loops. Stateless; SIMD kernels override what gains by it. */
public class ScalarKernels implements Kernels {

  /** The scalar kernels. */
  public ScalarKernels() {}

  @Override
  public int vectorBits() {
    return 0;
  }

  @Override
  public long multiplyAddChains(int turns) {
    return ScalarChains.run(turns);
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
    ScalarGemm.gemm(g, a, aOffset, b, bOffset, c, cOffset, accumulate, loop);
  }

  @Override
  public PackedFilter packFilter(
      Conv2dGeometry g,
      float[] filter,
      int filterOffset,
      Conv2dAlgorithm algorithm,
      WeightPrecision precision) {
    return ScalarFilter.of(g, filter, filterOffset, precision);
  }

  @Override
  public int conv2dWorkspace(Conv2dGeometry g, PackedFilter filter) {
    return 0;
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
    ScalarConv2d.conv2d(
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
    ScalarConv2dGradient.conv2dInputGradient(
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
    ScalarConv2dGradient.conv2dFilterGradient(
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
    ScalarMaxPool2d.maxPool2d(g, input, inputOffset, output, outputOffset, loop);
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
    ScalarMaxPool2d.maxPool2dGradient(
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
  public void averagePool2d(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      boolean relu,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    ScalarAveragePool2d.averagePool2d(g, input, inputOffset, relu, output, outputOffset, loop);
  }

  @Override
  public void averagePool2dGradient(
      Pool2dGeometry g,
      float[] outputGradient,
      int outputGradientOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    ScalarAveragePool2d.averagePool2dGradient(
        g, outputGradient, outputGradientOffset, inputGradient, inputGradientOffset, loop);
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
    ScalarElementwise.add(n, a, aOffset, b, bOffset, c, cOffset, loop);
  }

  @Override
  public void axpy(
      int n, float alpha, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    ScalarElementwise.axpy(n, alpha, x, xOffset, y, yOffset, loop);
  }

  @Override
  public void relu(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    ScalarElementwise.relu(n, x, xOffset, y, yOffset, loop);
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
    ScalarElementwise.reluGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset, loop);
  }

  @Override
  public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    ScalarSigmoid.sigmoid(n, x, xOffset, y, yOffset, loop);
  }

  @Override
  public void sigmoidGradient(
      int n,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      ParallelLoop loop) {
    ScalarSigmoid.sigmoidGradient(n, y, yOffset, dy, dyOffset, dx, dxOffset, loop);
  }

  @Override
  public void softmax(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, ParallelLoop loop) {
    ScalarSoftmax.softmax(rows, columns, x, xOffset, y, yOffset, loop);
  }

  @Override
  public void softmaxGradient(
      int rows,
      int columns,
      float[] y,
      int yOffset,
      float[] dy,
      int dyOffset,
      float[] dx,
      int dxOffset,
      ParallelLoop loop) {
    ScalarSoftmax.softmaxGradient(rows, columns, y, yOffset, dy, dyOffset, dx, dxOffset, loop);
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
    ScalarElementwise.scaleShift(rows, channels, x, xOffset, scale, shift, y, yOffset, loop);
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
    ScalarElementwise.addBias(rows, channels, bias, biasOffset, x, xOffset, loop);
  }

  @Override
  public void columnSums(
      int rows,
      int channels,
      float[] x,
      int xOffset,
      float[] sums,
      int sumsOffset,
      ParallelLoop loop) {
    ScalarReductions.columnSums(rows, channels, x, xOffset, sums, sumsOffset, loop);
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
    ScalarReductions.moments(rows, channels, x, xOffset, mean, variance, loop);
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
    ScalarBatchNormalizationGradient.batchNormalizationGradient(
        rows, channels, epsilon, x, xOffset, mean, variance, gamma, dy, dyOffset, dx, dxOffset,
        dgamma, dbeta, loop);
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
    ScalarGemm.gemmUpdate(m, n, k, a, aOffset, b, bOffset, update, loop);
  }

  @Override
  public WeightUpdate rmsprop(float[] w, float[] v, float learningRate, float rho, float epsilon) {
    return (from, to, g, at) ->
        ScalarOptimizers.rmsprop(from, to, w, g, at, v, learningRate, rho, epsilon);
  }

  @Override
  public WeightUpdate sgd(
      float[] w, float[] m, float learningRate, float momentum, boolean nesterov) {
    return (from, to, g, at) ->
        ScalarOptimizers.sgd(from, to, w, g, at, m, learningRate, momentum, nesterov);
  }

  @Override
  public WeightUpdate adam(
      float[] w, float[] m, float[] v, float stepSize, float beta1, float beta2, float epsilon) {
    return (from, to, g, at) ->
        ScalarOptimizers.adam(from, to, w, g, at, m, v, stepSize, beta1, beta2, epsilon);
  }
}
