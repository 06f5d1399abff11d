/** Pictures as tensors, and folders of pictures as datasets. */
@NullMarked
package io.github.lanewise.image;

import org.jspecify.annotations.NullMarked;
