/** Dense float tensors and their shapes. */
@NullMarked
package io.github.lanewise.tensor;

import org.jspecify.annotations.NullMarked;
