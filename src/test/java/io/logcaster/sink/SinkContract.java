package io.logcaster.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link Sink}. A test of an implementation says how to open it, what its
 * receiver has, and how to make the receiver fail.
 */
public abstract class SinkContract {

  /** 2026-11-21T12:00:00Z. */
  protected static final long NOON = 1_795_262_400_000_000_000L;

  /** Opens a sink to the receiver of this test; several may be opened one after the other. */
  protected abstract Sink open() throws Exception;

  /** Opens a sink that soon reports an unreachable receiver, and may do so of one that is slow. */
  protected Sink openImpatient() throws Exception {
    return open();
  }

  /**
   * The messages that the receiver has, in the order of arrival. A receiver of datagrams or of an
   * asynchronous protocol waits until at least so many are there.
   *
   * @param atLeast how many were flushed
   */
  protected abstract List<String> received(int atLeast) throws Exception;

  /** Makes the receiver refuse or be unreachable. */
  protected abstract void fail() throws Exception;

  /** Ends {@link #fail}. */
  protected abstract void mend() throws Exception;

  /** Whether a failure reaches the sender at all; datagrams are just gone. */
  protected boolean noticesFailures() {
    return true;
  }

  /** Whether a message may contain every character, such as line feeds. */
  protected boolean keepsEveryCharacter() {
    return true;
  }

  /** A batch of numbered records of two streams. */
  protected static RecordBatch batch(int from, int to) {
    return Batches.of(
        IntStream.range(from, to)
            .mapToObj(
                (i) ->
                    new LogRecord(
                        NOON + i,
                        9,
                        "record " + i,
                        List.of(
                            new Field("host", (i % 2 == 0) ? "web-1" : "web-2"),
                            new Field("app", "shop"),
                            new Field("level", "INFO"),
                            new Field("n", String.valueOf(i)))))
            .toArray(LogRecord[]::new));
  }

  protected static List<String> messages(int from, int to) {
    return IntStream.range(from, to).mapToObj((i) -> "record " + i).toList();
  }

  @Test
  void flush_afterWrites_receiverHasAllInOrder() throws Exception {
    try (Sink sink = open()) {
      sink.begin(0);
      sink.write(batch(0, 3));
      sink.write(batch(3, 4));
      sink.flush();

      assertThat(received(4)).containsExactlyElementsOf(messages(0, 4));
    }
  }

  @Test
  void rounds_oneAfterTheOther_arriveInOrder() throws Exception {
    try (Sink sink = open()) {
      for (int i = 0; i < 20; i++) {
        sink.begin(i * 10L);
        sink.write(batch(i * 10, i * 10 + 10));
        sink.flush();
      }
      assertThat(received(200)).containsExactlyElementsOf(messages(0, 200));
    }
  }

  @Test
  void anotherSink_afterTheFirstWasClosed_continues() throws Exception {
    try (Sink sink = open()) {
      sink.begin(0);
      sink.write(batch(0, 5));
      sink.flush();
    }
    received(5); // two connections have no order without an acknowledgement between them
    try (Sink sink = open()) {
      sink.begin(5);
      sink.write(batch(5, 10));
      sink.flush();
    }
    assertThat(received(10)).containsExactlyElementsOf(messages(0, 10));
  }

  @Test
  void texts_ofEveryKind_arriveUnchanged() throws Exception {
    List<String> texts =
        new ArrayList<>(List.of("grüße 日本 🎉", "a \"quoted\" \\ text", "{\"a\":1}"));
    if (keepsEveryCharacter()) {
      texts.addAll(List.of("two\nlines", "tab\tand\rreturn", "nul\u0000inside"));
    }
    LogRecord[] records =
        texts.stream()
            .map((text) -> new LogRecord(NOON, 0, text, List.of(new Field("a.b c", text))))
            .toArray(LogRecord[]::new);
    try (Sink sink = open()) {
      sink.begin(0);
      sink.write(Batches.of(records));
      sink.flush();

      assertThat(received(texts.size())).containsExactlyElementsOf(texts);
    }
  }

  @Test
  void repeatedRound_afterItsSinkWasClosedUnflushed_isReceivedAtLeastOnce() throws Exception {
    try (Sink sink = open()) {
      sink.begin(0);
      sink.write(batch(0, 10));
    }
    try (Sink sink = open()) {
      sink.begin(0);
      sink.write(batch(0, 10));
      sink.flush();
    }
    assertThat(new LinkedHashSet<>(received(10))).containsExactlyElementsOf(messages(0, 10));
  }

  @Test
  void failure_isReportedAsTemporary_andTheRoundSucceedsWhenRepeated() throws Exception {
    try (Sink sink = openImpatient()) {
      SinkTesting.deliver(sink, 0, batch(0, 5));
      received(5); // a protocol without acknowledgements may still be on its way
      fail();
      SinkException failure = catchThrowableOfType(SinkException.class, () -> round(sink, 5, 10));
      mend();
      if (noticesFailures()) {
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(SinkException.Kind.TEMPORARY);
        assertThat(failure).hasMessageMatching("(?s).{10,500}");
      }
      // A sink may need another attempt to notice that its old connection is gone.
      SinkTesting.deliver(sink, 5, batch(5, 10));
      assertThat(new LinkedHashSet<>(received(10))).containsExactlyElementsOf(messages(0, 10));
    }
  }

  private static void round(Sink sink, int from, int to) throws SinkException {
    sink.begin(from);
    sink.write(batch(from, to));
    sink.flush();
  }

  @Test
  void close_ofASinkThatWasNeverUsed_doesNothing() throws Exception {
    open().close();

    assertThat(received(0)).isEmpty();
  }
}
