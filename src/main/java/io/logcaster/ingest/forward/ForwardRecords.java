package io.logcaster.ingest.forward;

import io.logcaster.ingest.BatchSubmitter;
import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.MalformedFrameException;
import io.logcaster.ingest.forward.MsgpackReader.IncompleteException;
import io.logcaster.ingest.forward.MsgpackReader.Kind;
import io.logcaster.ingest.json.JsonFields;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;

/**
 * Reads entries of the forward protocol, {@code [time, {name: value}]}, into records. Maps inside
 * are flattened with dots, arrays become JSON. Not thread-safe.
 */
final class ForwardRecords {

  /** Two numbers in an extension of type 0: seconds and nanoseconds. */
  private static final int EVENT_TIME = 0;

  private static final int MAX_DEPTH = 32;

  /** A name that is longer with the names around it, in bytes, is cut by the builder. */
  private static final int MAX_PATH = 256;

  private final BatchSubmitter submitter;
  private final RecordBatchBuilder builder;
  private final JsonFields fields;
  private final int tagColumn;
  private final int maxValue;
  private final byte[] path = new byte[MAX_PATH + 8];

  /**
   * @param maxValue a longer value is cut here
   */
  ForwardRecords(BatchSubmitter submitter, int maxValue) {
    this.submitter = submitter;
    this.builder = submitter.writer().builder();
    this.fields = new JsonFields(submitter.writer(), JsonNames.DEFAULT);
    this.tagColumn = builder.column("tag");
    this.maxValue = maxValue;
  }

  /** Reads a time and a map. */
  void entry(MsgpackReader in, byte[] tag, int tagFrom, int tagTo)
      throws IncompleteException, MalformedFrameException {
    fields.begin(false);
    boolean done = false;
    try {
      long time = time(in);
      if (in.next() != Kind.MAP) {
        throw new MalformedFrameException("an entry without a map");
      }
      map(in, in.count(), 0, 0);
      if (time != Timestamps.INVALID) {
        builder.time(time);
      }
      builder.value(tagColumn, tag, tagFrom, tagTo);
      done = true;
    } finally {
      if (!done) {
        builder.rollback();
      }
    }
    fields.finish();
    submitter.writer().end();
  }

  private static long time(MsgpackReader in) throws IncompleteException, MalformedFrameException {
    return switch (in.next()) {
      case INTEGER -> in.number() * Timestamps.SECOND;
      case FLOAT -> Math.round(in.real() * 1e6) * 1000;
      case EXTENSION -> eventTime(in);
      case ARRAY -> timeAndMetadata(in);
      default -> throw new MalformedFrameException("an entry without a time");
    };
  }

  private static long eventTime(MsgpackReader in) throws MalformedFrameException {
    if (in.type() != EVENT_TIME || in.to() - in.from() != 8) {
      throw new MalformedFrameException("an unknown kind of time");
    }
    long both = Long.reverseBytes(Bytes.word(in.bytes(), in.from()));
    return (both >>> 32) * Timestamps.SECOND + (both & 0xffffffffL);
  }

  /** As Fluent Bit sends it from version 2.1 on. */
  private static long timeAndMetadata(MsgpackReader in)
      throws IncompleteException, MalformedFrameException {
    int items = in.count();
    long time = Timestamps.INVALID;
    for (int i = 0; i < items; i++) {
      if (i == 0) {
        Kind kind = in.next();
        time =
            switch (kind) {
              case INTEGER -> in.number() * Timestamps.SECOND;
              case EXTENSION -> eventTime(in);
              default -> throw new MalformedFrameException("an entry without a time");
            };
      } else {
        in.skip();
      }
    }
    return time;
  }

  private void map(MsgpackReader in, int pairs, int pathLength, int depth)
      throws IncompleteException, MalformedFrameException {
    for (int i = 0; i < pairs; i++) {
      if (in.next() != Kind.TEXT) {
        throw new MalformedFrameException("a name that is no text");
      }
      int length = Math.min(in.to() - in.from(), path.length - pathLength);
      System.arraycopy(in.bytes(), in.from(), path, pathLength, length);
      value(in, pathLength + length, depth);
    }
  }

  private void value(MsgpackReader in, int nameLength, int depth)
      throws IncompleteException, MalformedFrameException {
    int start = in.at();
    Kind kind = in.next();
    if (kind == Kind.MAP && depth < MAX_DEPTH && nameLength < MAX_PATH) {
      path[nameLength] = '.';
      map(in, in.count(), nameLength + 1, depth + 1);
      return;
    }
    if (kind == Kind.MAP || kind == Kind.ARRAY) {
      MsgpackReader again = new MsgpackReader();
      again.reset(in.bytes(), start, in.end());
      StringBuilder json = new StringBuilder();
      MsgpackJson.write(again, json);
      in.reset(in.bytes(), again.at(), in.end());
      set(nameLength, json.toString().getBytes(StandardCharsets.UTF_8));
      return;
    }
    switch (kind) {
      case TEXT, EXTENSION -> set(nameLength, in.bytes(), in.from(), in.to());
      case NIL -> {}
      default -> set(nameLength, Bytes.ascii(MsgpackJson.scalar(in, kind)));
    }
  }

  private void set(int nameLength, byte[] value) {
    set(nameLength, value, 0, value.length);
  }

  private void set(int nameLength, byte[] value, int from, int to) {
    int end = to;
    if (to - from > maxValue) {
      end = Bytes.cut(value, from, maxValue);
      submitter.writer().cut();
    }
    int column = fields.column(path, 0, nameLength, true);
    fields.set(column, value, from, end);
  }
}
