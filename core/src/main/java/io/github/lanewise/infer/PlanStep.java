package io.github.lanewise.infer;

import io.github.lanewise.tensor.Shape;

/**
 * What one step of a plan does, for people and tools to read.
 *
 * @param layer the layer it comes from
 * @param op what it computes, as in the events of a {@linkplain io.github.lanewise.profile.Profile
 *     profile}
 * @param kernel the height, width and stride of a convolution's kernel, as in "3x3/2"; empty for
 *     other steps
 * @param output the shape it computes, its batch unknown
 * @param algorithm how, with the register tile and the precision of the weights where it is not
 *     that of floats; empty where there is one way only
 * @param together samples a thread that go through it together, or 0 for the whole batch
 * @param multiplyAdds of one sample by the definition; 0 for what is no convolution
 * @param expectedSpeed expected of one thread, as a share of its FMA peak, counted in the
 *     operations of the definition; 0 where there are none
 */
public record PlanStep(
    String layer,
    String op,
    String kernel,
    Shape output,
    String algorithm,
    int together,
    long multiplyAdds,
    double expectedSpeed) {}
