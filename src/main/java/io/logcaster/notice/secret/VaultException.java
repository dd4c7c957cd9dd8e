package io.logcaster.notice.secret;

/** A secret cannot be encrypted or decrypted. Its message says why and what to do, for people. */
public final class VaultException extends RuntimeException {

  VaultException(String message) {
    super(message);
  }

  VaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
