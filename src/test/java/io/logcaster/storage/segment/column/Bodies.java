package io.logcaster.storage.segment.column;

import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.Arrays;

/** Converts the content of a body writer to a body reader. */
final class Bodies {

  private Bodies() {}

  static BodyReader read(BodyWriter body) throws MalformedException {
    ByteSink bytes = new ByteSink(1 << 10);
    int length = body.writeTo(bytes);
    return new BodyReader(Arrays.copyOf(bytes.array(), length + BodyReader.PADDING), length);
  }
}
