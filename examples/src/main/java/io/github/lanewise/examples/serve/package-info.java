/** Classifies pictures over HTTP. */
@NullMarked
package io.github.lanewise.examples.serve;

import org.jspecify.annotations.NullMarked;
