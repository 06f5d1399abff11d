/** How good a classifier of two classes is, and what a linear one finds in the same features. */
@NullMarked
package io.github.lanewise.examples.report.evaluation;

import org.jspecify.annotations.NullMarked;
