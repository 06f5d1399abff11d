/** The command line: subcommands, their options, progress and errors. */
@NullMarked
package io.github.lanewise.examples.cli;

import org.jspecify.annotations.NullMarked;
