/** The report of a training job as one HTML file that needs nothing else. */
@NullMarked
package io.github.lanewise.examples.report.page;

import org.jspecify.annotations.NullMarked;
