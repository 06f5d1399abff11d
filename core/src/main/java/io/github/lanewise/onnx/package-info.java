/** Models as ONNX files. */
@NullMarked
package io.github.lanewise.onnx;

import org.jspecify.annotations.NullMarked;
