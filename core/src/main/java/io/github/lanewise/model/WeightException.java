package io.github.lanewise.model;

/** Weights that do not fit a model, or can not be read: the message tabulates all that is wrong. */
public final class WeightException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** An exception with this message. */
  public WeightException(String message) {
    super(message);
  }

  /** An exception with this message that happened because of another. */
  public WeightException(String message, Throwable cause) {
    super(message, cause);
  }
}
