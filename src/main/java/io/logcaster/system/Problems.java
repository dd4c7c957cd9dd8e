package io.logcaster.system;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Problem details with a {@code code}, for controllers and for the filters before them. */
public final class Problems {

  /** RFC 9457's type for a problem that status and {@code code} describe completely. */
  static final URI NO_TYPE = URI.create("about:blank");

  private static final JsonMapper JSON = new JsonMapper();

  private Problems() {}

  public static ProblemDetail of(HttpStatus status, String code, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(NO_TYPE);
    problem.setTitle(status.getReasonPhrase());
    problem.setProperty("code", code);
    return problem;
  }

  /** Writes a problem from outside Spring MVC. */
  public static void write(
      HttpServletResponse response, HttpStatus status, String code, String detail)
      throws IOException {
    ObjectNode body = JSON.createObjectNode();
    body.put("type", NO_TYPE.toString());
    body.put("title", status.getReasonPhrase());
    body.put("status", status.value());
    body.put("detail", detail);
    body.put("code", code);
    byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /**
   * The code for a status without a more specific one, such as {@code method_not_allowed} for 405.
   */
  public static String codeOf(HttpStatus status) {
    return status == HttpStatus.INTERNAL_SERVER_ERROR
        ? "internal_error"
        : status.name().toLowerCase(Locale.ROOT);
  }
}
