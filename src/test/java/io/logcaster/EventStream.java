package io.logcaster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;

/** Reads server-sent events as a browser does, until it is closed. */
public final class EventStream implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
      new ParameterizedTypeReference<>() {};

  private final List<ServerSentEvent<String>> events = new CopyOnWriteArrayList<>();
  private final Disposable subscription;

  /** Opens a stream and waits for its first sign of life. */
  public EventStream(int port, String path, Object... variables) {
    subscription =
        WebClient.create("http://127.0.0.1:" + port)
            .get()
            .uri(path, variables)
            .retrieve()
            .bodyToFlux(EVENT)
            .subscribe(events::add, (failure) -> {});
    Awaitility.await().atMost(PATIENCE).until(() -> !events.isEmpty());
  }

  /** The data of the first event with a name that passes, waited for. */
  public String await(String name, Predicate<String> data) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                events.stream()
                    .filter((event) -> name.equals(event.event()))
                    .map((event) -> String.valueOf(event.data()))
                    .filter(data)
                    .findFirst()
                    .orElse(null),
            (found) -> found != null);
  }

  /** The data of all events with a name so far, in their order. */
  public List<String> all(String name) {
    return events.stream()
        .filter((event) -> name.equals(event.event()))
        .map((event) -> String.valueOf(event.data()))
        .toList();
  }

  @Override
  public void close() {
    subscription.dispose();
  }
}
