package io.logcaster.sink.http;

import com.github.luben.zstd.Zstd;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Posts the records of a round in one request. */
final class HttpSink implements Sink {

  /** A larger buffer is not kept, so that one giant round does not hold memory forever. */
  private static final int MAX_KEPT = 8 << 20;

  /** How a body is compressed. */
  enum Compression {
    NONE,
    GZIP,
    ZSTD
  }

  private final HttpPoster poster;
  private final PostBody writer;
  private final Compression compression;
  private ByteBuilder body = new ByteBuilder(1 << 16);

  HttpSink(HttpPoster poster, PostBody writer, Compression compression) {
    this.poster = poster;
    this.writer = writer;
    this.compression = compression;
  }

  @Override
  public void begin(long position) {
    if (body.array().length > MAX_KEPT) {
      body = new ByteBuilder(1 << 16);
    }
    body.truncate(0);
    writer.begin();
  }

  @Override
  public void write(RecordBatch batch) {
    writer.append(batch, body);
  }

  @Override
  public void flush() throws SinkException {
    writer.end(body);
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", writer.contentType());
    byte[] bytes = body.array();
    int length = body.length();
    if (compression != Compression.NONE) {
      bytes = compressed();
      length = bytes.length;
      headers.put("Content-Encoding", compression == Compression.GZIP ? "gzip" : "zstd");
    }
    writer.check(poster.post(bytes, length, headers));
  }

  private byte[] compressed() {
    if (compression == Compression.ZSTD) {
      return Zstd.compress(Arrays.copyOf(body.array(), body.length()), 1);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length() / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body.array(), 0, body.length());
    } catch (IOException ex) {
      throw new UncheckedIOException(ex); // memory does not fail
    }
    return packed.toByteArray();
  }

  @Override
  public void close() {
    poster.close();
  }
}
