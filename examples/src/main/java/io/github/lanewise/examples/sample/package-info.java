/** What dogs-vs-cats runs on when it is given nothing: drawn pictures and random weights. */
@NullMarked
package io.github.lanewise.examples.sample;

import org.jspecify.annotations.NullMarked;
