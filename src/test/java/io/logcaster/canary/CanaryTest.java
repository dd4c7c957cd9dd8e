package io.logcaster.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanaryTest {

  private final TestClock clock = new TestClock(Instant.parse("2026-11-30T10:00:00Z"));
  private final Set<String> stored = new HashSet<>();
  private final List<String> told = new ArrayList<>();

  private CanaryRoute route(String name, boolean delivers) {
    return new CanaryRoute(
        name,
        CanaryFormat.JSON,
        (text) -> {
          if (delivers) {
            stored.add(text.replaceAll(".*\"_msg\":\"([^\"]*)\".*\n", "$1"));
          }
        });
  }

  private Canary canary(Canary.Finder finder, CanaryRoute... routes) {
    Canary.Listener listener =
        new Canary.Listener() {
          @Override
          public void found(RouteStats stats, String route, double seconds) {
            told.add("found " + route);
          }

          @Override
          public void lost(RouteStats stats, String route, long number, String reason) {
            told.add("lost " + route + " " + number);
          }
        };
    return new Canary(
        () -> List.of(routes), finder, listener, Duration.ofMillis(100), "ab12", clock);
  }

  private Canary canary(CanaryRoute... routes) {
    return canary((since) -> stored, routes);
  }

  private static RouteStats.RouteView view(Canary canary, String route) {
    return canary.views().stream()
        .filter((view) -> view.route().equals(route))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void round_countsWhatIsFoundAndWhatIsLost_perRoute() throws Exception {
    Canary canary = canary(route("tcp/raw", true), route("udp/syslog", false));

    canary.round();
    canary.round();

    assertThat(view(canary, "tcp/raw").found()).isEqualTo(2);
    assertThat(view(canary, "tcp/raw").lastSeconds()).isNotNegative();
    assertThat(view(canary, "udp/syslog").lost()).isEqualTo(2);
    assertThat(view(canary, "udp/syslog").error()).contains("not found within 100 ms");
    assertThat(told)
        .containsExactly(
            "found tcp/raw", "lost udp/syslog 1", "found tcp/raw", "lost udp/syslog 2");
    assertThat(stored).contains("canary ab12-1 through tcp/raw");
  }

  @Test
  void round_refusedAtTheSocket_isLostAtOnceWithItsReason() throws Exception {
    CanaryRoute refused =
        new CanaryRoute(
            "http/json",
            CanaryFormat.JSON,
            (text) -> {
              throw new IOException("The server answered 503");
            });
    Canary canary = canary(refused);

    canary.round();

    assertThat(view(canary, "http/json").error())
        .isEqualTo("It could not be sent: The server answered 503");
  }

  @Test
  void round_whenTheStoreCannotBeAsked_isLostWithItsReason() throws Exception {
    Canary canary =
        canary(
            (since) -> {
              throw new IOException("the disk is gone");
            },
            route("tcp/raw", true));

    canary.round();

    assertThat(view(canary, "tcp/raw").error()).contains("could not be looked for", "disk is gone");
  }

  @Test
  void broken_namesARouteOnlyAfterThreeLossesInARow() throws Exception {
    List<CanaryRoute> routes = new ArrayList<>(List.of(route("udp/syslog", false)));
    Canary canary = canary((since) -> stored, routes.toArray(CanaryRoute[]::new));
    canary.round();
    canary.round();
    assertThat(canary.broken()).isEmpty();

    canary.round();

    assertThat(canary.broken()).containsExactly("udp/syslog");
  }

  @Test
  void round_recordOfAnEarlierProcess_isNotTakenForItsOwn() throws Exception {
    stored.add("canary zz99-1 through udp/syslog");
    Canary canary = canary(route("udp/syslog", false));

    canary.round();

    assertThat(view(canary, "udp/syslog").lost()).isEqualTo(1);
  }
}
