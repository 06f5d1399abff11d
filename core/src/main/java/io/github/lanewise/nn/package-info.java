/** Layers, named as in Keras, their parameters and initializers. */
@NullMarked
package io.github.lanewise.nn;

import org.jspecify.annotations.NullMarked;
