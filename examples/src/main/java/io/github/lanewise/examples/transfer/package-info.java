/** Transfer learning: a frozen trunk, a new head, training it, and keeping it. */
@NullMarked
package io.github.lanewise.examples.transfer;

import org.jspecify.annotations.NullMarked;
