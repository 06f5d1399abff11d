package io.github.lanewise.examples.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of options' values; what fails is wrong usage. */
final class Values {

  private Values() {}

  static void atLeast(CommandSpec spec, int least, String option, int value) {
    require(spec, value >= least, option, "at least " + least, value);
  }

  static void require(
      CommandSpec spec, boolean condition, String option, String expected, Object found) {
    if (!condition) {
      throw new ParameterException(
          spec.commandLine(), option + ": expected " + expected + ", found " + found);
    }
  }
}
