package io.logcaster.notice.route;

import java.time.Duration;
import java.util.List;

/** A route for tests: by rule to the channel c1, after 10 s, every minute, again after 4 h. */
final class RouteBuilder {

  private String name = "route";
  private List<LabelMatcher> matchers = List.of();
  private String channel = "c1";
  private String groupBy = "rule";
  private Duration repeat = Duration.ofHours(4);
  private boolean sendResolved = true;
  private List<WeekHours> quiet = List.of();
  private Duration escalateAfter;
  private boolean proceed;

  RouteBuilder name(String value) {
    name = value;
    return this;
  }

  RouteBuilder match(String value) {
    matchers = List.of(LabelMatcher.parse(value));
    return this;
  }

  RouteBuilder channel(String value) {
    channel = value;
    return this;
  }

  RouteBuilder groupBy(String value) {
    groupBy = value;
    return this;
  }

  RouteBuilder repeat(String value) {
    repeat = Duration.parse("PT" + value);
    return this;
  }

  RouteBuilder sendResolved(boolean value) {
    sendResolved = value;
    return this;
  }

  RouteBuilder quiet(WeekHours value) {
    quiet = List.of(value);
    return this;
  }

  RouteBuilder escalate(String value) {
    escalateAfter = Duration.parse("PT" + value);
    return this;
  }

  RouteBuilder proceed() {
    proceed = true;
    return this;
  }

  Route build() {
    return new Route(
        name,
        matchers,
        List.of(channel),
        List.of(groupBy),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        repeat,
        sendResolved,
        quiet,
        escalateAfter,
        escalateAfter == null ? List.of() : List.of("c2"),
        proceed);
  }
}
