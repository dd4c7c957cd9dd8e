package io.logcaster.sink.s3;

import com.github.luben.zstd.ZstdOutputStream;
import io.logcaster.sink.SinkException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object that is being written. A small one is sent when it is {@linkplain #finish finished}; of
 * a large one each part is sent when it is full, so that no more than a part is held in memory. It
 * can be read in the storage only when it is complete. Not thread-safe.
 */
final class S3Object {

  private static final Logger LOG = LoggerFactory.getLogger(S3Object.class);

  /** Half of what level 9 takes away beyond it, at a tenth of the processor time. */
  private static final int ZSTD_LEVEL = 3;

  private final S3Client client;
  private final String key;
  private final int partBytes;
  private final Map<String, String> headers;
  private final Parts parts = new Parts();
  private final OutputStream lines;
  private final List<String> marks = new ArrayList<>();
  private @Nullable String upload;

  S3Object(S3Client client, String key, S3Options options) throws IOException {
    this.client = client;
    this.key = key;
    this.partBytes = options.partBytes();
    this.headers = new TreeMap<>(options.headers());
    headers.put("content-type", options.compression().mediaType());
    this.lines =
        switch (options.compression()) {
          case ZSTD -> new ZstdOutputStream(parts, ZSTD_LEVEL);
          case GZIP -> new GZIPOutputStream(parts, 1 << 16);
          case NONE -> parts;
        };
  }

  /** The compressed bytes that have not been sent. */
  private final class Parts extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      int start = offset;
      int end = offset + length;
      while (end - start >= partBytes - bytes.size()) {
        int count = partBytes - bytes.size();
        bytes.write(from, start, count);
        start += count;
        sendPart();
      }
      bytes.write(from, start, end - start);
    }
  }

  private void sendPart() throws SinkException {
    String name = upload;
    if (name == null) {
      name = client.start(key, headers);
      upload = name;
    }
    marks.add(client.part(key, name, marks.size() + 1, parts.bytes.toByteArray()));
    parts.bytes.reset();
  }

  /** Appends whole lines. */
  void append(byte[] text) throws IOException {
    lines.write(text);
  }

  /** Sends the rest; returns when the storage has the object. */
  void finish() throws IOException {
    lines.close();
    String name = upload;
    if (name == null) {
      client.put(key, parts.bytes.toByteArray(), headers);
      return;
    }
    if (parts.bytes.size() > 0) {
      sendPart();
    }
    client.complete(key, name, marks);
    upload = null;
  }

  /** Gives the object up. */
  void abort() {
    try {
      lines.close();
    } catch (IOException ex) {
      LOG.debug("Sending the rest of an object that is given up failed", ex);
    }
    String name = upload;
    upload = null;
    if (name != null) {
      try {
        client.abort(key, name);
      } catch (SinkException ex) {
        LOG.info("Parts of {} stay in the storage: {}", key, ex.getMessage());
      }
    }
  }
}
