/** Well-known networks, as in keras.applications. */
@NullMarked
package io.github.lanewise.applications;

import org.jspecify.annotations.NullMarked;
