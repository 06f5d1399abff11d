/** Pictures as tensors, folders of pictures as datasets, and random changes to pictures. */
@NullMarked
package io.github.lanewise.image;

import org.jspecify.annotations.NullMarked;
