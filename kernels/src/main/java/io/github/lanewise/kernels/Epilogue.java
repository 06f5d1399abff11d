package io.github.lanewise.kernels;

import org.jspecify.annotations.Nullable;

/**
 * What a convolution does to its sums before it stores them.
 *
 * @param bias added to every pixel, one value an output channel; null for none
 * @param relu whether negative results become zero, after the bias
 */
public record Epilogue(float @Nullable [] bias, boolean relu) {

  /** Stores the sums as they are. */
  public static final Epilogue NONE = new Epilogue(null, false);
}
