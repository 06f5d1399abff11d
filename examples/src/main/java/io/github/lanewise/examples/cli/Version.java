package io.github.lanewise.examples.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class Version implements IVersionProvider {

  /** The version in the jar's manifest; {@code development} outside of a jar. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "lanewise " + number(),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
    };
  }
}
