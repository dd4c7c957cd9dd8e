package io.logcaster.sink;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.notice.secret.SecretOptions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A sink in an answer.
 *
 * @param options with secrets masked
 * @param readOnly whether the server's settings describe it
 * @param state {@code running}, {@code paused}, {@code disabled}, {@code failing}, {@code blocked},
 *     {@code replaying} or {@code broken}
 * @param queued records that wait
 * @param queuedBytes their size on disk
 * @param sent records that the receiver took since the start
 * @param retried records that were sent again since the start
 * @param dropped records that are gone, by reason, since the start
 * @param deadLetters how many there are
 * @param lagSeconds for how long the oldest waiting record has been waiting
 * @param lastError why it does not work, or what it last refused
 */
record SinkView(
    String id,
    String name,
    String type,
    boolean enabled,
    String filter,
    String from,
    int batchSize,
    String linger,
    SinkBody.Queue queue,
    SortedMap<String, Object> options,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean readOnly,
    String state,
    long queued,
    long queuedBytes,
    long sent,
    long retried,
    Map<String, Long> dropped,
    int deadLetters,
    double lagSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lastError) {

  static SinkView of(SinkDefinition sink, Sinks sinks, SinkTypes types) {
    RunningSink running = sinks.find(sink.id()).orElse(null);
    String broken = sinks.broken(sink.id());
    SinkType type = types.find(sink.type()).orElse(null);
    SinkCounters counters = (running == null) ? new SinkCounters() : running.counters();
    String state =
        (running != null)
            ? running.state()
            : (sink.enabled() || broken != null) ? "broken" : "disabled";
    return new SinkView(
        sink.id(),
        sink.name(),
        sink.type(),
        sink.enabled(),
        sink.filter(),
        sink.from(),
        sink.batchSize(),
        SinkTimes.print(sink.linger()),
        new SinkBody.Queue(SinkTimes.print(sink.maxBytes()), sink.whenFull()),
        SecretOptions.masked(type == null ? List.of() : type.options(), sink.options()),
        sink.readOnly(),
        state,
        (running == null) ? 0 : running.queue().records(),
        (running == null) ? 0 : running.queue().bytes(),
        counters.sent(),
        counters.retried(),
        counters.dropped(),
        (running == null) ? 0 : running.letters().count(),
        (running == null) ? 0 : running.lagSeconds(),
        (running == null) ? broken : running.error());
  }
}
