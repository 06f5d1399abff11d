package io.github.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A kernel's first calls are interpreted and its later ones compiled, so results must not depend on
 * which. Two JVMs compute the same, one without compiling.
 */
@Tag("every-width")
class CompiledBitsTest {

  @Test
  void interpretedAndCompiledKernelsGiveTheSameBits() throws Exception {
    assertEquals(run("-Xint", 1), run("-Xbatch", 60));
  }

  @Test
  void whatIsComputedBeforeTilesAreCompiledHasTheirBits() throws Exception {
    String property = "-D" + KernelSelector.WARM_UP + "=true";
    assertEquals(run(property, 1), run("-Xbatch", 60));
  }

  private static String run(String mode, int times) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (KernelSelector.vectorModulePresent()) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    String forced = System.getProperty(KernelSelector.VECTOR_BITS);
    if (forced != null) {
      command.add("-D" + KernelSelector.VECTOR_BITS + "=" + forced);
    }
    command.add("-D" + KernelSelector.WARM_UP + "=false");
    Path target = Path.of(System.getProperty("basedir"), "target");
    String classPath =
        target.resolve("classes") + File.pathSeparator + target.resolve("test-classes");
    command.addAll(List.of(mode, "-cp", classPath));
    command.addAll(List.of(CompiledBitsTest.class.getName(), String.valueOf(times)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertEquals(0, process.waitFor());
    return output;
  }

  /** Prints a hash of what each kernel gives at its last call of {@code args[0]}. */
  public static void main(String[] args) {
    Kernels kernels = KernelSelector.kernels();
    ParallelLoop loop = ParallelLoop.serial();
    List<Integer> hashes = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      hashes.clear();
      for (GemmGeometry g :
          List.of(
              GemmGeometry.dense(7, 33, 70),
              GemmGeometry.transposeA(7, 33, 70),
              GemmGeometry.transposeB(7, 33, 70))) {
        float[] c = new float[7 * 33];
        kernels.gemm(g, values(7 * 70), 0, values(33 * 70), 0, c, 0, false, loop);
        hashes.add(Arrays.hashCode(c));
      }
      for (Conv2dGeometry g : Conv2dCases.small()) {
        float[] filter =
            values(g.filterHeight() * g.filterWidth() * g.inputChannels() * g.outputChannels());
        float[] x = values(g.batch() * g.inputHeight() * g.inputWidth() * g.inputChannels());
        float[] y = new float[g.batch() * g.outputHeight() * g.outputWidth() * g.outputChannels()];
        PackedFilter packed = kernels.packFilter(g, filter, 0);
        float[] workspace = new float[kernels.conv2dWorkspace(g, packed)];
        kernels.conv2d(g, x, 0, packed, new Epilogue(null, false), y, 0, workspace, 0, loop);
        hashes.add(Arrays.hashCode(y));
        float[] dx = new float[x.length];
        kernels.conv2dInputGradient(g, y, 0, filter, 0, dx, 0, loop);
        hashes.add(Arrays.hashCode(dx));
        float[] dw = new float[filter.length];
        kernels.conv2dFilterGradient(g, x, 0, y, 0, dw, 0, loop);
        hashes.add(Arrays.hashCode(dw));
      }
      addLowPrecision(kernels, loop, hashes);
      for (Conv2dGeometry g : Conv2dCases.smallWinograd()) {
        float[] filter =
            values(g.filterHeight() * g.filterWidth() * g.inputChannels() * g.outputChannels());
        float[] x = values(g.batch() * g.inputHeight() * g.inputWidth() * g.inputChannels());
        float[] y = new float[g.batch() * g.outputHeight() * g.outputWidth() * g.outputChannels()];
        PackedFilter packed = kernels.packFilter(g, filter, 0, Conv2dAlgorithm.WINOGRAD);
        float[] workspace = new float[kernels.conv2dWorkspace(g, packed)];
        kernels.conv2d(g, x, 0, packed, Epilogue.NONE, y, 0, workspace, 0, loop);
        hashes.add(Arrays.hashCode(y));
      }
      float[] y = new float[700];
      kernels.sigmoid(700, values(700), 0, y, 0, loop);
      hashes.add(Arrays.hashCode(y));
      kernels.softmax(7, 100, values(700), 0, y, 0, loop);
      hashes.add(Arrays.hashCode(y));
      float[] mean = new float[70];
      float[] variance = new float[70];
      kernels.moments(10, 70, values(700), 0, mean, variance, loop);
      hashes.add(Arrays.hashCode(mean));
      hashes.add(Arrays.hashCode(variance));
    }
    System.out.println(hashes);
  }

  /** A product of one row, of a few, and a convolution. */
  private static void addLowPrecision(Kernels kernels, ParallelLoop loop, List<Integer> hashes) {
    List<Conv2dGeometry> all = new ArrayList<>(Conv2dCases.small().subList(0, 1));
    for (int rows : new int[] {1, 3}) {
      all.add(new Conv2dGeometry(rows, 1, 1, 75, 75, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 50, 50, 1));
    }
    for (Conv2dGeometry g : all) {
      float[] filter =
          values(g.filterHeight() * g.filterWidth() * g.inputChannels() * g.outputChannels());
      float[] x = values(g.batch() * g.inputHeight() * g.inputWidth() * g.inputChannels());
      float[] y = new float[g.batch() * g.outputHeight() * g.outputWidth() * g.outputChannels()];
      for (WeightPrecision precision : WeightPrecision.values()) {
        PackedFilter packed = kernels.packFilter(g, filter, 0, Conv2dAlgorithm.DIRECT, precision);
        float[] workspace = new float[kernels.conv2dWorkspace(g, packed)];
        kernels.conv2d(g, x, 0, packed, Epilogue.NONE, y, 0, workspace, 0, loop);
        hashes.add(Arrays.hashCode(y));
      }
    }
  }

  private static float[] values(int n) {
    Random random = new Random(n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
