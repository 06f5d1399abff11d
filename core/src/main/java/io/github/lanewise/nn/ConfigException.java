package io.github.lanewise.nn;

/**
 * The configuration of a layer, optimizer or loss that can not be followed; says which, which
 * argument, and why.
 */
public final class ConfigException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /** An exception with this message. */
  public ConfigException(String message) {
    super(message);
  }

  /** An exception with this message and a cause. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
