package io.logcaster.system;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every error of a controller or of the framework as a problem with a {@code code}. A
 * feature with its own errors throws {@link ProblemException}, or declares an
 * {@code @ExceptionHandler} beside its controllers.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String name =
        failure instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(failure.getPropertyName());
    Class<?> type = failure.getRequiredType();
    ProblemDetail problem =
        Problems.of(
            HttpStatus.BAD_REQUEST,
            "invalid_parameter",
            "Parameter '%s' cannot be '%s'%s."
                .formatted(name, failure.getValue(), type == null ? "" : expected(type)));
    problem.setProperty("parameter", name);
    return handleExceptionInternal(failure, problem, headers, status, request);
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return ", expected one of " + List.of(type.getEnumConstants());
    }
    return ", expected a value of type " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail problem =
        Problems.of(
            HttpStatus.BAD_REQUEST,
            "missing_parameter",
            "Parameter '%s' is required.".formatted(failure.getParameterName()));
    problem.setProperty("parameter", failure.getParameterName());
    return handleExceptionInternal(failure, problem, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<Map<String, String>> errors =
        failure.getFieldErrors().stream()
            .map(
                (error) ->
                    Map.of(
                        "property",
                        error.getField(),
                        "reason",
                        String.valueOf(error.getDefaultMessage())))
            .toList();
    ProblemDetail problem =
        Problems.of(
            HttpStatus.BAD_REQUEST,
            "invalid_property",
            errors.isEmpty()
                ? "The request is not valid."
                : "%s %s."
                    .formatted(errors.getFirst().get("property"), errors.getFirst().get("reason")));
    problem.setProperty("errors", errors);
    return handleExceptionInternal(failure, problem, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return handleExceptionInternal(failure, JsonProblems.of(failure), headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
      HttpRequestMethodNotSupportedException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String[] supported = failure.getSupportedMethods();
    ProblemDetail problem =
        Problems.of(
            HttpStatus.METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "This path does not accept %s%s."
                .formatted(
                    failure.getMethod(),
                    supported == null ? "" : "; it accepts " + String.join(", ", supported)));
    return handleExceptionInternal(failure, problem, headers, status, request);
  }

  /** Every framework exception ends here; those without a code get the code of their status. */
  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (body instanceof ProblemDetail problem) {
      problem.setType(Problems.NO_TYPE);
      if (problem.getProperties() == null || !problem.getProperties().containsKey("code")) {
        HttpStatus known = HttpStatus.resolve(status.value());
        problem.setProperty("code", known == null ? "error" : Problems.codeOf(known));
      }
    }
    return super.createResponseEntity(body, headers, status, request);
  }

  /** Errors in arguments and forms, which the container reports when they are first read. */
  @ExceptionHandler
  @Nullable ResponseEntity<Object> handleInvalidParameter(
      InvalidParameterException failure, WebRequest request) {
    HttpStatus given = HttpStatus.resolve(failure.getErrorCode());
    HttpStatus status = given != null && given.is4xxClientError() ? given : HttpStatus.BAD_REQUEST;
    ProblemDetail problem =
        Problems.of(
            status,
            status == HttpStatus.BAD_REQUEST ? "invalid_encoding" : Problems.codeOf(status),
            "The arguments or the form cannot be read: they must be percent-encoded UTF-8, and not"
                + " too many or too large.");
    return handleExceptionInternal(failure, problem, new HttpHeaders(), status, request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> handleMultipart(MultipartException failure, WebRequest request) {
    ProblemDetail problem =
        Problems.of(
            HttpStatus.BAD_REQUEST,
            "invalid_multipart",
            "The body is not the multipart/form-data that its Content-Type announces.");
    return handleExceptionInternal(
        failure, problem, new HttpHeaders(), HttpStatus.BAD_REQUEST, request);
  }

  /** The control database is unavailable: what it holds can be neither read nor changed. */
  @ExceptionHandler({
    NonTransientDataAccessException.class,
    TransientDataAccessException.class,
    UncategorizedDataAccessException.class,
    TransactionException.class
  })
  @Nullable ResponseEntity<Object> handleDatabase(RuntimeException failure, WebRequest request) {
    LOG.error(
        "Failed to use the control database for {}: {}",
        request.getDescription(false),
        Printable.line(failure.toString()));
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, "10");
    ProblemDetail problem =
        Problems.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "control_database_unavailable",
            "Rules, searches, tokens and deletions cannot be read or saved at present; health 'db'"
                + " says why. Ingest and queries continue.");
    return handleExceptionInternal(
        failure, problem, headers, HttpStatus.SERVICE_UNAVAILABLE, request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> handleAnythingElse(Exception failure, WebRequest request) {
    if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      return null; // the client has gone
    }
    if (failure instanceof IllegalArgumentException && hasWildcardType(request)) {
      return handleExceptionInternal(
          failure,
          Problems.of(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "unsupported_media_type",
              "The Content-Type must name one type, without '*'."),
          new HttpHeaders(),
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          request);
    }
    LOG.error("Failed to answer {}", request.getDescription(false), failure);
    ProblemDetail problem =
        Problems.of(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal_error",
            "LogCaster failed to answer this request. The reason is in its log.");
    return handleExceptionInternal(
        failure, problem, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
  }

  /** Spring MVC would report such a type as a server error. */
  private static boolean hasWildcardType(WebRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.indexOf('*') >= 0;
  }
}
