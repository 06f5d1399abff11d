package io.github.lanewise.tensor;

/** Shapes that do not fit: the message names the op or layer, what was expected and what found. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** An exception with this message. */
  public ShapeException(String message) {
    super(message);
  }

  /** An exception with this message that happened because of another. */
  public ShapeException(String message, Throwable cause) {
    super(message, cause);
  }
}
