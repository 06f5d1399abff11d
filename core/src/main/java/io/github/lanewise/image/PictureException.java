package io.github.lanewise.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A picture that can not be read. The message names it and says why. */
public final class PictureException extends IOException {

  private static final long serialVersionUID = 1;

  private final String reason;

  PictureException(String name, String reason, @Nullable Throwable cause) {
    super(name + ": " + reason, cause);
    this.reason = reason;
  }

  /** Why, without the picture's name. */
  public String reason() {
    return reason;
  }
}
