/** Where the {@code lanewise} command starts. */
@NullMarked
package io.github.lanewise.examples;

import org.jspecify.annotations.NullMarked;
