package io.logcaster.security;

/** Too many passwords from one address were wrong; further ones are not checked for a while. */
final class TooManyFailuresException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int retryAfterSeconds;

  TooManyFailuresException(int retryAfterSeconds) {
    super("Too many wrong passwords came from this address; try again later.");
    this.retryAfterSeconds = retryAfterSeconds;
  }

  int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
