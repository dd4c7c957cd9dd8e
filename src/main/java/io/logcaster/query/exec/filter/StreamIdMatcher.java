package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.Stream;
import io.logcaster.storage.BlockSummary;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows of streams with given identities. */
final class StreamIdMatcher extends RowMatcher {

  private final Set<String> ids;

  StreamIdMatcher(Collection<String> ids) {
    this.ids =
        ids.stream()
            .map((id) -> id.toLowerCase(java.util.Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void retain(Frame frame, Bitmap rows) {
    frame
        .column(Field.STREAM_ID)
        .retain(
            rows,
            (bytes, from, to) ->
                ids.contains(new String(bytes, from, to - from, StandardCharsets.US_ASCII)));
  }

  @Override
  public boolean mayMatch(BlockSummary block) {
    Stream stream = block.stream();
    return stream == null || ids.contains(stream.id());
  }

  @Override
  int cost() {
    return CHEAP;
  }
}
