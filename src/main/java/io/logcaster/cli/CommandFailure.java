package io.logcaster.cli;

/** Ends a command for a reason that its message explains to the user. */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
