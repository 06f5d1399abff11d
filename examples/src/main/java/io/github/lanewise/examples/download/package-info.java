/** Keras's cache folder, and fetching weights and photographs into it. */
@NullMarked
package io.github.lanewise.examples.download;

import org.jspecify.annotations.NullMarked;
