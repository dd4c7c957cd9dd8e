package io.logcaster.security;

import io.logcaster.system.Problems;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Answers requests that the container refuses before any filter sees them (paths that cannot be
 * decoded, headers that are too long) like all others: with problem details and the {@link
 * SecurityHeaders}. The container creates an instance by class name.
 */
public final class ContainerProblems extends ErrorReportValve {

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    SecurityHeaders.set(response, request.isSecure());
    super.invoke(request, response);
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int code = response.getStatus();
    if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    HttpStatus known = HttpStatus.resolve(code);
    HttpStatus status = (known == null) ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    SecurityHeaders.set(response, request.isSecure());
    try {
      Problems.write(response, status, Problems.codeOf(status), detail(status));
      response.finishResponse();
    } catch (IOException ex) {
      // The client has gone.
    }
  }

  private static String detail(HttpStatus status) {
    return switch (status) {
      case BAD_REQUEST ->
          "This is not a valid HTTP request: its path, its headers or their encoding are malformed,"
              + " or the headers are too large.";
      case INTERNAL_SERVER_ERROR ->
          "LogCaster failed to answer this request. The reason is in its log.";
      default -> "The request cannot be answered: " + status.getReasonPhrase() + ".";
    };
  }
}
