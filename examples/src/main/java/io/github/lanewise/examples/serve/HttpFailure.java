package io.github.lanewise.examples.serve;

/** A request that is not answered as it was meant; the message says why. */
final class HttpFailure extends Exception {

  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int TIMEOUT = 408;
  static final int TOO_LARGE = 413;
  static final int UNSUPPORTED_TYPE = 415;
  static final int INTERNAL_ERROR = 500;
  static final int UNAVAILABLE = 503;

  private static final long serialVersionUID = 1;

  private final int code;

  HttpFailure(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The status code of the answer. */
  int code() {
    return code;
  }
}
