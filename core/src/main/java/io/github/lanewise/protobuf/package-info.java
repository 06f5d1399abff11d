/** The wire format of Protocol Buffers; not exported. */
@NullMarked
package io.github.lanewise.protobuf;

import org.jspecify.annotations.NullMarked;
