package io.logcaster.query;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Tells clients that an answer lacks the records of damaged places. An answer that has not started
 * gets a header; one that streams its rows ends in a row that says so.
 */
final class PartialAnswer {

  /** The header of an answer that lacks records; its value is {@link #DAMAGED}. */
  static final String HEADER = "X-LogCaster-Partial";

  static final String DAMAGED = "damaged_data";

  private static final String ATTRIBUTE = PartialAnswer.class.getName();

  private PartialAnswer() {}

  /** Notes what a request's query could not read. */
  static void note(HttpServletRequest request, List<String> damage) {
    if (damage.isEmpty()) {
      return;
    }
    List<String> all = new ArrayList<>(of(request));
    all.addAll(damage);
    request.setAttribute(ATTRIBUTE, List.copyOf(all));
    if (RequestContextHolder.getRequestAttributes()
        instanceof ServletRequestAttributes attributes) {
      HttpServletResponse response = attributes.getResponse();
      if (response != null && !response.isCommitted()) {
        response.setHeader(HEADER, DAMAGED);
      }
    }
  }

  /** What the queries of a request could not read; empty if the answer is complete. */
  static List<String> of(HttpServletRequest request) {
    List<String> all = new ArrayList<>();
    if (request.getAttribute(ATTRIBUTE) instanceof List<?> noted) {
      noted.forEach((place) -> all.add(String.valueOf(place)));
    }
    return all;
  }

  /** What the last row of an answer says. */
  static String text(List<String> damage) {
    return "The answer is not complete, records are left out that cannot be read: "
        + String.join("; ", damage);
  }
}
