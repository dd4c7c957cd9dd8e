package io.logcaster.ingest.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The text of a body as UTF-8 without a byte order mark. The mark says what the body is written in,
 * else the {@code charset} of its content type; without both, a NUL beside the first character
 * means UTF-16. Not thread-safe.
 */
final class TextStream extends InputStream {

  private static final int MARK = 3;

  private final RequestBody in;
  private final @Nullable String contentType;

  /** Null until the beginning of the body was read. */
  private @Nullable InputStream text;

  /**
   * Reads a text.
   *
   * @param contentType may name a {@code charset}; null for none
   */
  TextStream(RequestBody in, @Nullable String contentType) {
    this.in = in;
    this.contentType = contentType;
  }

  /** Reserves memory that the reader of the text needs, in bytes, until the body is closed. */
  void hold(long count) throws OverloadedBodyException {
    in.hold(count);
  }

  private InputStream open() throws IOException {
    byte[] head = in.readNBytes(MARK);
    int first = (head.length > 0) ? head[0] & 0xff : -1;
    int second = (head.length > 1) ? head[1] & 0xff : -1;
    int mark = 0;
    Charset charset = StandardCharsets.UTF_8;
    if (first == 0xEF && second == 0xBB && head.length == MARK && (head[2] & 0xff) == 0xBF) {
      mark = MARK;
    } else if (first == 0xFF && second == 0xFE) {
      charset = StandardCharsets.UTF_16LE;
      mark = 2;
    } else if (first == 0xFE && second == 0xFF) {
      charset = StandardCharsets.UTF_16BE;
      mark = 2;
    } else if (first > 0 && second == 0) {
      charset = StandardCharsets.UTF_16LE;
    } else if (first == 0 && second > 0) {
      charset = StandardCharsets.UTF_16BE;
    } else {
      charset = charset(contentType);
    }
    PushbackInputStream rest = new PushbackInputStream(in, MARK);
    rest.unread(head, mark, head.length - mark);
    boolean plain =
        charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
    return plain ? rest : new Recoded(new InputStreamReader(rest, charset));
  }

  private static Charset charset(@Nullable String contentType) throws IOException {
    String type = (contentType == null) ? "" : contentType;
    int at = type.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) {
      return StandardCharsets.UTF_8;
    }
    String rest = type.substring(at + "charset=".length());
    int end = rest.indexOf(';');
    String name = (end < 0 ? rest : rest.substring(0, end)).replace("\"", "").strip();
    try {
      return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException ex) {
      throw UnsupportedEncodingException.ofCharset(name);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    InputStream source = text;
    if (source == null) {
      source = open();
      text = source;
    }
    return source.read(bytes, offset, length);
  }

  /** Characters as UTF-8. */
  private static final class Recoded extends InputStream {

    private static final int CHARS = 8 << 10;

    private final Reader reader;
    private final char[] chars = new char[CHARS + 1];

    /** 1 where half a character waits for the other one. */
    private int kept;

    private byte[] bytes = {};
    private int at;

    Recoded(Reader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      return (at < bytes.length || fill()) ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length > 0 && at == bytes.length && !fill()) {
        return -1;
      }
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, target, offset, count);
      at += count;
      return count;
    }

    private boolean fill() throws IOException {
      do {
        int read = reader.read(chars, kept, CHARS);
        int count = kept + Math.max(read, 0);
        if (count == 0) {
          return false;
        }
        boolean half = read > 0 && Character.isHighSurrogate(chars[count - 1]);
        kept = half ? 1 : 0;
        bytes = new String(chars, 0, count - kept).getBytes(StandardCharsets.UTF_8);
        at = 0;
        chars[0] = chars[count - 1];
      } while (bytes.length == 0);
      return true;
    }
  }
}
