/** The files that a training run leaves: curves, histories and the report. */
@NullMarked
package io.github.lanewise.examples.report;

import org.jspecify.annotations.NullMarked;
