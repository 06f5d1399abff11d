package io.github.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Winograd's minimal filtering along one axis: {@link #OUTPUTS} neighbouring outputs of a filter of
 * r taps from {@code r + 3} products instead of {@code 4 r} (Winograd, Arithmetic Complexity of
 * Computations, 1980; Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, 2016).
 *
 * <p>The polynomials are interpolated at 0, at pairs {@code +p, -p} and at infinity, in this order.
 * The pairs are chosen for the smallest error in float, among multiples of 1/8. With the pairs'
 * symmetry, a transform splits into even and odd inputs: the rows of {@code +p} and {@code -p} are
 * the sum and the difference of the two halves. What a point's Lagrange factor divides by is left
 * to the filter, which is transformed once and in double precision.
 */
abstract class WinogradTransform extends StreamTransform {

  /** The points that are not 0 nor infinity: each stands for itself and its negative. */
  private final double[] pairs;

  /** What is used until the loops over vectors are compiled. */
  final StreamTransform plain;

  private final WarmUp inputWarmUp;
  private final WarmUp outputWarmUp;

  WinogradTransform(double... pairs) {
    this.pairs = pairs;
    this.plain = new PlainWinograd(pairs);
    int products = WarmUp.TURNS * points() * points();
    this.inputWarmUp = new WarmUp(products, this::inputs);
    this.outputWarmUp = new WarmUp(2 * products, this::outputs);
  }

  /** The transform for a filter of so many taps, or null where there is none. */
  static @Nullable WinogradTransform ofTaps(int taps) {
    return switch (taps) {
      case 3 -> WinogradF43.INSTANCE;
      case 5 -> WinogradF45.INSTANCE;
      case 7 -> WinogradF47.INSTANCE;
      default -> null;
    };
  }

  /** Points, which are also the inputs that the outputs see. */
  final int points() {
    return 2 * pairs.length + 2;
  }

  /** Filter taps. */
  final int taps() {
    return points() - OUTPUTS + 1;
  }

  /** What transforms inputs: this once it is compiled, until then what gives the same bits. */
  final StreamTransform forInputs() {
    return inputWarmUp.over() ? this : plain;
  }

  /** What transforms products into outputs, as {@link #forInputs}. */
  final StreamTransform forOutputs() {
    return outputWarmUp.over() ? this : plain;
  }

  /** Gives {@link #OUTPUTS} gradients of outputs to the points: the adjoint of {@link #output}. */
  final void outputGradient(
      float[] from,
      int fromAt,
      int fromStride,
      int fromStep,
      float[] to,
      int toAt,
      int toStride,
      int toStep,
      int count,
      int length) {
    int last = points() - 1;
    for (int run = 0; run < count; run++) {
      int i = fromAt + run * fromStep;
      int o = toAt + run * toStep;
      System.arraycopy(from, i, to, o, length);
      System.arraycopy(from, i + 3 * fromStride, to, o + last * toStride, length);
    }
    for (int pair = 0; pair < pairs.length; pair++) {
      int o = toAt + (2 * pair + 1) * toStride;
      double p = pairs[pair];
      evaluate(p, from, fromAt, fromStride, fromStep, to, o, toStride, toStep, count, length);
    }
  }

  /** The polynomials of which four gradients are the coefficients, at p and at -p. */
  private static void evaluate(
      double p,
      float[] from,
      int fromAt,
      int fromStride,
      int fromStep,
      float[] to,
      int toAt,
      int toStride,
      int toStep,
      int count,
      int length) {
    FloatVector p1 = constant(p);
    FloatVector p2 = constant(p * p);
    FloatVector p3 = constant(p * p * p);
    for (int run = 0; run < count; run++) {
      int i0 = fromAt + run * fromStep;
      int o0 = toAt + run * toStep;
      for (int c = 0; c < length; c += Lanes.COUNT) {
        int i = i0 + c;
        FloatVector d1 = FloatVector.fromArray(Lanes.SPECIES, from, i + fromStride);
        FloatVector d3 = FloatVector.fromArray(Lanes.SPECIES, from, i + 3 * fromStride);
        FloatVector odd = d3.fma(p3, d1.mul(p1));
        FloatVector d0 = FloatVector.fromArray(Lanes.SPECIES, from, i);
        FloatVector d2 = FloatVector.fromArray(Lanes.SPECIES, from, i + 2 * fromStride);
        FloatVector even = d2.fma(p2, d0);
        even.add(odd).intoArray(to, o0 + c);
        even.sub(odd).intoArray(to, o0 + c + toStride);
      }
    }
  }

  /** Transforms the taps of a filter: [points, taps]. */
  final double[][] filterMatrix() {
    double[][] matrix = new double[points()][taps()];
    double atZero = 1;
    for (double p : pairs) {
      atZero *= -p * p;
    }
    matrix[0][0] = 1 / atZero;
    for (int i = 0; i < pairs.length; i++) {
      double p = pairs[i];
      double divisor = 2 * p * p;
      for (int j = 0; j < pairs.length; j++) {
        divisor *= j == i ? 1 : p * p - pairs[j] * pairs[j];
      }
      for (int tap = 0; tap < taps(); tap++) {
        matrix[2 * i + 1][tap] = Math.pow(p, tap) / divisor;
        matrix[2 * i + 2][tap] = Math.pow(-p, tap) / divisor;
      }
    }
    matrix[points() - 1][taps() - 1] = 1;
    return matrix;
  }

  /** Two runs, as C2 leaves out a jump back that it never saw. */
  private Runnable inputs() {
    int length = WarmUp.TURNS / 2 * Lanes.COUNT;
    float[] from = new float[2 * points() * length];
    float[] to = new float[from.length];
    return () -> input(from, 0, 2 * length, length, to, 0, 2 * length, length, 2, length);
  }

  /** All outputs, and one alone. */
  private Runnable outputs() {
    int length = WarmUp.TURNS / 2 * Lanes.COUNT;
    int stride = 2 * length;
    float[] from = new float[points() * stride];
    float[] to = new float[OUTPUTS * stride];
    float[] bias = new float[length];
    return () -> {
      for (int valid = 1; valid <= OUTPUTS; valid += OUTPUTS - 1) {
        output(from, 0, stride, length, to, 0, stride, length, 2, length, valid, bias, 0, 0);
      }
    };
  }

  static FloatVector constant(double value) {
    return FloatVector.broadcast(Lanes.SPECIES, (float) value);
  }
}
