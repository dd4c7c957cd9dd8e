package io.logcaster.query;

import io.logcaster.query.exec.Peers;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.storage.ScanTrace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Tells clients that an answer lacks the records of damaged places. An answer that has not started
 * gets a header; one that streams its rows ends in a row that says so.
 */
final class PartialAnswer {

  /** The header of an answer that lacks records; its value is a {@link #code}. */
  static final String HEADER = "X-LogCaster-Partial";

  /** The header that says what is missing. */
  static final String REASON = "X-LogCaster-Partial-Reason";

  private static final int MAX_REASON = 1_000;

  static final String DAMAGED = "damaged_data";

  /** The code where records are missing because another node did not answer. */
  static final String NODE_MISSING = "node_missing";

  /** The code where records are missing because the object storage did not answer. */
  static final String TIER_UNREACHABLE = "tier_unreachable";

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
        response.setHeader(HEADER, code(all));
        response.setHeader(REASON, reason(all));
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

  /** The code of an answer that lacks records. */
  static String code(List<String> damage) {
    if (damage.stream().anyMatch(PartialAnswer::isNode)) {
      return NODE_MISSING;
    }
    return damage.stream().anyMatch(PartialAnswer::isTier) ? TIER_UNREACHABLE : DAMAGED;
  }

  private static boolean isNode(String place) {
    return place.startsWith(Peers.Part.Missing.PREFIX);
  }

  private static boolean isTier(String place) {
    return place.contains(ScanTrace.OUT_OF_REACH);
  }

  /** Names what did not answer and may answer later; damaged places do not count. */
  static void away(ScanCounts counts, Consumer<String> names) {
    counts.trace().damage().stream()
        .filter((place) -> isNode(place) || isTier(place))
        .forEach(names);
  }

  /** What is missing, in the characters that a header may have. */
  private static String reason(List<String> damage) {
    String text = String.join("; ", damage).replaceAll("[^\\x20-\\x7e]", "?");
    return (text.length() > MAX_REASON) ? text.substring(0, MAX_REASON) : text;
  }

  /** What the last row of an answer says. */
  static String text(List<String> damage) {
    return "The answer is not complete, records are left out that cannot be read: "
        + String.join("; ", damage);
  }
}
