/** Files that are written whole or not at all; exported to the modules of Lanewise alone. */
@NullMarked
package io.github.lanewise.file;

import org.jspecify.annotations.NullMarked;
