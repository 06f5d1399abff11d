/** A native engine beside ours, for those who ask for it: {@code mvn -P native-peer}. */
@NullMarked
package io.github.lanewise.bench.peer;

import org.jspecify.annotations.NullMarked;
