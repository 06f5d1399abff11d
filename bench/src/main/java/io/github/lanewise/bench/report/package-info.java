/**
 * One command that measures, tells the share of the peak, and draws the charts of the documents.
 */
@NullMarked
package io.github.lanewise.bench.report;

import org.jspecify.annotations.NullMarked;
