/** Recording what layers take, and telling which take longest. */
@NullMarked
package io.github.lanewise.examples.profile;

import org.jspecify.annotations.NullMarked;
