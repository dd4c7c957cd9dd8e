package io.logcaster.sink;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.notice.secret.SecretOptions;
import io.logcaster.notice.secret.VaultException;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.system.ApiResource;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP API of sinks. Secrets are never given back: answers have {@value SecretOptions#MASK} in
 * their place, and a request that has it keeps them.
 */
@RestController
@RequestMapping("/api/v1/sinks")
final class SinkController {

  static final ApiResource SINKS = new ApiResource("/api/v1/sinks", "sink", "sinks");

  private static final int MAX_SINKS = 100;

  private final SinkStore store;
  private final Sinks sinks;
  private final SinkTypes types;
  private final Clock clock;

  SinkController(SinkStore store, Sinks sinks, SinkTypes types, Clock clock) {
    this.store = store;
    this.sinks = sinks;
    this.types = types;
    this.clock = clock;
  }

  /** A type of sink and its options. */
  @Schema(name = "SinkType")
  record TypeView(String type, int batchSize, String linger, List<SinkOption> options) {}

  /**
   * What to send again.
   *
   * @param from a time, or how long ago it was, such as {@code 2h}
   * @param to a time, excluded; all that is stored if it is absent
   */
  record ReplayBody(@Nullable String from, @Nullable String to) {}

  /** What a test gives. */
  record TestResult(boolean delivered) {}

  @GetMapping
  List<SinkView> list() {
    return store.all().stream().map(this::view).toList();
  }

  /** The types of sinks, with their options. */
  @GetMapping("/types")
  List<TypeView> types() {
    return types.all().stream()
        .map(
            (type) ->
                new TypeView(
                    type.name(), type.batchSize(), SinkTimes.print(type.linger()), type.options()))
        .toList();
  }

  @GetMapping("/{id}")
  SinkView get(@PathVariable String id) {
    return view(find(id));
  }

  @PostMapping
  ResponseEntity<SinkView> add(@RequestBody SinkBody body) {
    SINKS.requireRoom(store.all().size(), MAX_SINKS, "Delete one that nobody needs.");
    SinkDefinition sink = checked(UUID.randomUUID().toString(), body, null);
    put(sink);
    sinks.put(sink, true);
    return SINKS.created(sink.id(), view(sink));
  }

  @PutMapping("/{id}")
  SinkView replace(@PathVariable String id, @RequestBody SinkBody body) {
    SinkDefinition known = changeable(id);
    SinkDefinition sink = checked(id, body, known);
    put(sink);
    sinks.put(sink, known.enabled());
    return view(sink);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    changeable(id);
    store.remove(id);
    sinks.remove(id);
  }

  /** Sends what waits at once, without waiting for a full batch or the end of a pause. */
  @PostMapping("/{id}/flush")
  SinkView flush(@PathVariable String id) {
    running(id).delivery().flush();
    return get(id);
  }

  /** Sends no more; the queue goes on filling. */
  @PostMapping("/{id}/pause")
  SinkView pause(@PathVariable String id) {
    return pause(id, true);
  }

  @PostMapping("/{id}/resume")
  SinkView resume(@PathVariable String id) {
    return pause(id, false);
  }

  private SinkView pause(String id, boolean paused) {
    running(id).delivery().pause(paused);
    store.pause(id, paused);
    return get(id);
  }

  /** Sends again what the store has from a time on. */
  @PostMapping("/{id}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  SinkView replay(@PathVariable String id, @RequestBody ReplayBody body) throws IOException {
    RunningSink sink = running(id);
    if (body.from() == null) {
      throw invalidProperty("from", "is required: a time, or how long ago it was, such as 2h");
    }
    long from = SinkTimes.parse("from", body.from(), clock);
    long to = body.to() == null ? SinkTimes.after(clock) : SinkTimes.parse("to", body.to(), clock);
    if (from >= to) {
      throw invalidProperty("from", "must be before 'to'");
    }
    if (sink.queue().replay() != null) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "replay_running", "A replay is running; wait until it has ended.");
    }
    sink.queue().replay(from, to);
    sink.feeder().wake();
    return get(id);
  }

  /** Sends a record that says it is a test, past the queue, and waits for the receiver. */
  @PostMapping("/{id}/test")
  TestResult test(@PathVariable String id) {
    SinkDefinition sink = find(id);
    SinkType type = types.require(sink.type());
    SinkOptions options = SinkOptions.of(type.options(), sink.options());
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    builder.time(clock.millis() * 1_000_000);
    builder.value(RecordBatchBuilder.MESSAGE, "This is a test of sink '%s'".formatted(sink.name()));
    builder.value(builder.column("app"), "logcaster");
    builder.end();
    try (Sink open = type.open(options, sinks.context(sink).forTest())) {
      open.begin(0);
      open.write(builder.build());
      open.flush();
      return new TestResult(true);
    } catch (SinkException ex) {
      throw new ProblemException(
          HttpStatus.BAD_GATEWAY,
          "sink_failed",
          options.redacted(String.valueOf(ex.getMessage())),
          ex);
    }
  }

  private SinkView view(SinkDefinition sink) {
    return SinkView.of(sink, sinks, types);
  }

  private SinkDefinition find(String id) {
    return store.find(id).orElseThrow(() -> SINKS.unknown(id));
  }

  private SinkDefinition changeable(String id) {
    SinkDefinition sink = find(id);
    if (sink.readOnly()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "sink_of_settings",
          "The settings logcaster.sinks[] describe this sink; change it there.");
    }
    return sink;
  }

  private RunningSink running(String id) {
    find(id);
    return sinks.find(id).orElseThrow(() -> notRunning(id));
  }

  static ProblemException notRunning(String id) {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "sink_not_running",
        "The sink '%s' does not run. Enable it, and see its lastError.".formatted(id));
  }

  private void put(SinkDefinition sink) {
    try {
      store.put(sink);
    } catch (VaultException ex) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "secrets_unreadable", String.valueOf(ex.getMessage()), ex);
    }
  }

  private SinkDefinition checked(String id, SinkBody body, @Nullable SinkDefinition known) {
    ApiResource.requireSameId(id, body.id());
    SinkDefinition sink = body.definition(id, types);
    SinkType type = types.require(sink.type());
    SinkDefinition same = (known != null && known.type().equals(type.name())) ? known : null;
    return sinks.check(
        sink.withOptions(
            SecretOptions.unmasked(
                type.options(),
                sink.options(),
                same == null ? Map.of() : same.options(),
                same == null ? null : same.error())));
  }
}
