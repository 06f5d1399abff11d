/** Graphs of layers: nodes, models, summaries, weights. */
@NullMarked
package io.github.lanewise.model;

import org.jspecify.annotations.NullMarked;
