package io.logcaster.ingest.http;

import io.logcaster.system.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;

/** Refuses a request; each protocol answers errors in its own shape. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  private final int retryAfterSeconds;

  /**
   * @param code a stable code for clients
   * @param retryAfterSeconds when to retry; 0 if a retry makes no sense
   */
  RefusedException(
      HttpStatus status, String code, int retryAfterSeconds, @Nullable Exception cause) {
    super(cause == null ? code : String.valueOf(cause.getMessage()), cause);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Refuses a body that does not follow its protocol. */
  RefusedException(String message) {
    super(message);
    this.status = HttpStatus.BAD_REQUEST;
    this.code = "malformed_body";
    this.retryAfterSeconds = 0;
  }

  HttpStatus status() {
    return status;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  HttpHeaders headers() {
    HttpHeaders headers = new HttpHeaders();
    if (retryAfterSeconds > 0) {
      headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
    }
    return headers;
  }

  /** The answer of LogCaster's own endpoints. */
  ProblemException problem() {
    ProblemException problem = new ProblemException(status, code, message(), this);
    return retryAfterSeconds == 0
        ? problem
        : problem.header(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
  }

  /** Says what is wrong with a body that should be JSON. */
  static RefusedException notJson(JacksonException ex) {
    String why = ex.getOriginalMessage();
    // The position where an unclosed object began is reported in an unhelpful form.
    int aside = why.indexOf(" (start marker");
    return new RefusedException(
        "The body is not JSON: " + (aside < 0 ? why : why.substring(0, aside)));
  }
}
