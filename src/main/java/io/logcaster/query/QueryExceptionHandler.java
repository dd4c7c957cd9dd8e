package io.logcaster.query;

import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.system.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns errors in queries and exceeded limits into problem details, on every path of the API. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class QueryExceptionHandler {

  @ExceptionHandler
  ProblemDetail handle(QuerySyntaxException error) {
    return problem(error);
  }

  static ProblemDetail problem(QuerySyntaxException error) {
    ProblemDetail problem = Problems.of(HttpStatus.BAD_REQUEST, error.code(), error.detail());
    problem.setProperty("line", error.line());
    problem.setProperty("column", error.column());
    return problem;
  }

  @ExceptionHandler
  @Nullable ResponseEntity<ProblemDetail> handle(QueryAbortedException error) {
    HttpStatus status =
        switch (error.code()) {
          case QueryAbortedException.MEMORY -> HttpStatus.UNPROCESSABLE_CONTENT;
          case QueryAbortedException.BUSY -> HttpStatus.TOO_MANY_REQUESTS;
          case QueryAbortedException.TIMEOUT -> HttpStatus.SERVICE_UNAVAILABLE;
          default -> null;
        };
    if (status == null) {
      return null; // the client has gone
    }
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
    if (status == HttpStatus.TOO_MANY_REQUESTS) {
      answer.header(HttpHeaders.RETRY_AFTER, "1");
    }
    return answer.body(Problems.of(status, error.code(), String.valueOf(error.getMessage())));
  }
}
