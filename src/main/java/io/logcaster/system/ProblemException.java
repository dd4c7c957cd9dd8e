package io.logcaster.system;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * An error answered as {@code application/problem+json} (RFC 9457) with a stable {@code code}.
 *
 * <p>Controllers throw it for errors of their callers:
 *
 * <pre>{@code
 * throw new ProblemException(HttpStatus.BAD_REQUEST, "query_syntax", "expected a filter after 'and'")
 *     .with("line", 1).with("column", 7);
 * }</pre>
 */
public class ProblemException extends ErrorResponseException {

  /**
   * @param code for programs: lower case, words joined by underscores, never changed
   * @param detail for people: names the place and the remedy
   */
  public ProblemException(HttpStatus status, String code, String detail) {
    this(status, code, detail, null);
  }

  public ProblemException(
      HttpStatus status, String code, String detail, @Nullable Throwable cause) {
    super(status, Problems.of(status, code, detail), cause);
  }

  /**
   * An invalid property of the request body.
   *
   * @param reason completes a sentence that starts with the property's name, such as {@code is
   *     required}
   */
  public static ProblemException invalidProperty(String property, String reason) {
    return new ProblemException(
            HttpStatus.BAD_REQUEST,
            "invalid_property",
            "Property '%s' %s.".formatted(property, reason))
        .with("property", property);
  }

  /** Adds a member beside {@code code}. */
  public ProblemException with(String name, Object value) {
    getBody().setProperty(name, value);
    return this;
  }

  /** Adds a response header, such as {@code Retry-After}. */
  public ProblemException header(String name, String value) {
    getHeaders().set(name, value);
    return this;
  }

  public String code() {
    ProblemDetail body = getBody();
    return String.valueOf(body.getProperties() == null ? null : body.getProperties().get("code"));
  }
}
