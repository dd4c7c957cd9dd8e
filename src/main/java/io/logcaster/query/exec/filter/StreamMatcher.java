package io.logcaster.query.exec.filter;

import com.google.re2j.Pattern;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.StreamFilter.Matcher;
import io.logcaster.query.exec.frame.BatchFrame;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.text.StreamText;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.BlockSummary;
import java.util.List;
import java.util.function.Predicate;

/** Rows by their stream; each stream of a batch is matched once. */
final class StreamMatcher extends RowMatcher {

  private final Predicate<Stream> streams;

  StreamMatcher(Predicate<Stream> streams) {
    this.streams = streams;
  }

  static StreamMatcher of(StreamFilter filter) {
    if (filter.alternatives().isEmpty()) {
      return new StreamMatcher((stream) -> true);
    }
    List<Predicate<Stream>> alternatives =
        filter.alternatives().stream().map(StreamMatcher::all).toList();
    return new StreamMatcher(
        (stream) -> alternatives.stream().anyMatch((alternative) -> alternative.test(stream)));
  }

  private static Predicate<Stream> all(List<Matcher> matchers) {
    List<Predicate<Stream>> conditions = matchers.stream().map(StreamMatcher::one).toList();
    return (stream) -> conditions.stream().allMatch((condition) -> condition.test(stream));
  }

  private static Predicate<Stream> one(Matcher matcher) {
    String name = matcher.name();
    String value = matcher.value();
    return switch (matcher.operator()) {
      case EQUAL -> (stream) -> stream.value(name).equals(value);
      case NOT_EQUAL -> (stream) -> !stream.value(name).equals(value);
      case MATCHES -> {
        Pattern pattern = Pattern.compile(value);
        yield (stream) -> pattern.matches(stream.value(name));
      }
      case NOT_MATCHES -> {
        Pattern pattern = Pattern.compile(value);
        yield (stream) -> !pattern.matches(stream.value(name));
      }
    };
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    if (!(frame instanceof BatchFrame stored)) {
      frame
          .column(Field.STREAM)
          .retain(rows, (bytes, from, to) -> streams.test(StreamText.parse(bytes, from, to)));
      return;
    }
    RecordBatch batch = stored.batch();
    // 0 not known yet, 1 passes, 2 does not.
    byte[] known = new byte[batch.streamCount()];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int ordinal = batch.streamOrdinal(row);
      if (known[ordinal] == 0) {
        known[ordinal] = (byte) (streams.test(batch.stream(ordinal)) ? 1 : 2);
      }
      if (known[ordinal] == 2) {
        rows.clear(row);
      }
    }
  }

  @Override
  public boolean mayMatch(BlockSummary block) {
    Stream stream = block.stream();
    return stream == null || streams.test(stream);
  }

  @Override
  int cost() {
    return CHEAP;
  }
}
