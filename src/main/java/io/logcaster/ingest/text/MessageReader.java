package io.logcaster.ingest.text;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.DockerParts;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.gelf.Gelf;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.ingest.raw.RawParser;
import io.logcaster.ingest.syslog.SyslogParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads whole messages as what they look like: syslog after {@code <}, JSON after <code>{</code>,
 * else a plain line. One that cannot be read becomes a plain line that says why. Not thread-safe.
 */
final class MessageReader {

  private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);

  /** What the first object says about GELF, where each object decides. */
  private enum Kind {
    UNKNOWN,
    PLAIN,
    MIXED
  }

  private final RecordWriter out;

  private final SyslogParser syslog;

  private final JsonParser json;

  private final RawParser raw;

  private final DockerParts docker;

  private final int limit;

  private TextProtocol protocol = TextProtocol.UNKNOWN;

  private @Nullable TextProtocol only;

  /** Whether every object is GELF. */
  private boolean gelf;

  /** Whether the first object was GELF. */
  private Kind kind = Kind.UNKNOWN;

  private @Nullable String error;

  private int objectEnd;

  private boolean failed;

  /**
   * @param limit the longest message and the longest value of an object, in bytes
   */
  MessageReader(RecordWriter out, int limit) {
    this.out = out;
    this.syslog = new SyslogParser(out, limit);
    this.json = new JsonParser(out, JsonNames.DEFAULT, limit);
    this.raw = new RawParser(out, limit);
    this.docker = new DockerParts(limit);
    this.limit = limit;
  }

  /** Continues where another one stopped. */
  void continueAs(MessageReader before) {
    protocol = before.protocol;
    kind = before.kind;
    gelf = before.gelf;
    raw.continueAs(before.raw);
    docker.continueAs(before.docker);
  }

  /** Forgets earlier messages; the next one stands alone. */
  void forget() {
    raw.forget();
  }

  /** Ends lines that came in parts, of which the last one is missing. */
  void finish() {
    while (raw.finish()) {
      out.end();
    }
    while (docker.closeOne()) {
      joined();
    }
  }

  /** Reads the line that a container's output was joined to. */
  private void joined() {
    if (json.parse(docker.joined(), 0, docker.length(), false, false) == null) {
      if (docker.isCut()) {
        out.cut();
      }
      out.end();
    } else {
      strange("json: malformed", docker.joined(), 0, docker.length());
    }
  }

  /** How many bytes are held beside the records. */
  int memoryBytes() {
    return raw.memoryBytes() + docker.memoryBytes();
  }

  /** Reads every message as one protocol, whatever it looks like. */
  void only(TextProtocol every) {
    only = every;
    protocol = every;
    gelf = every == TextProtocol.GELF;
  }

  /** Sets whether every object is GELF. */
  void gelf(boolean value) {
    gelf = value;
  }

  void protocol(TextProtocol spoken) {
    protocol = spoken;
  }

  TextProtocol protocol() {
    return protocol;
  }

  /** Whether a message that begins with a brace may be an object. */
  boolean takesObjects() {
    return only == null || only.hasObjects();
  }

  /**
   * Reads one message that is not empty.
   *
   * @param cut whether it was cut at its end
   */
  void read(byte[] bytes, int from, int to, boolean cut) {
    try {
      if (cut) {
        out.cut();
      }
      if (only != null && !only.mayBegin(bytes[from])) {
        misfit(only.misfit(), bytes, from, to);
        return;
      }
      switch (bytes[from]) {
        case '<' -> syslog(bytes, from, to);
        case '{' -> objects(bytes, from, to, cut);
        default -> {
          speaks(TextProtocol.RAW);
          raw(bytes, from, to);
        }
      }
    } catch (RuntimeException ex) {
      // Whatever is in it, a message must not affect the others of its sender.
      out.endAsRaw(unreadable(ex, to - from), bytes, from, cutAt(bytes, from, to));
    }
  }

  /** Keeps bytes that are no message as a plain line. */
  void strange(String reason, byte[] bytes, int from, int to) {
    int end = cutAt(bytes, from, to);
    if (end < to) {
      out.cut();
    }
    out.endAsRaw(reason, bytes, from, end);
  }

  private int cutAt(byte[] bytes, int from, int to) {
    return (to - from > limit) ? Bytes.cut(bytes, from, limit) : to;
  }

  private void raw(byte[] bytes, int from, int to) {
    if (raw.parse(bytes, from, to)) {
      out.end();
    }
  }

  /** Reads a message that does not begin as all messages should. */
  private void misfit(@Nullable String reason, byte[] bytes, int from, int to) {
    if (reason == null) {
      raw(bytes, from, to);
    } else {
      out.endAsRaw(reason, bytes, from, to);
    }
  }

  private void syslog(byte[] bytes, int from, int to) {
    if (!protocol.mayBeSyslog() && SyslogParser.skipPriority(bytes, from, to) < 0) {
      // Markup among plain lines.
      raw(bytes, from, to);
      return;
    }
    speaks(TextProtocol.SYSLOG);
    String reason = syslog.parse(bytes, from, to);
    if (reason == null) {
      out.end();
    } else {
      out.endAsRaw(reason, bytes, from, to);
    }
  }

  /** Reads the objects of a line. */
  private void objects(byte[] bytes, int from, int to, boolean cut) {
    int at = from;
    while (at < to) {
      if (bytes[at] != '{') {
        if (isLineEnd(bytes[at - 1])) {
          read(bytes, at, to, false);
        } else {
          behindObject(bytes, at, to);
        }
        return;
      }
      if (object(bytes, at, to, cut)) {
        if (cut) {
          return;
        }
        at = skipSpace(bytes, objectEnd, to);
      } else {
        int end = ObjectEnds.adjacent(bytes, at, to);
        part(bytes, at, end);
        at = end;
      }
    }
  }

  /** Whether a byte ends a line, so that another message begins behind it. */
  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == 0;
  }

  private static int skipSpace(byte[] bytes, int from, int to) {
    int at = ObjectEnds.skipSeparators(bytes, from, to);
    while (at < to && isLineEnd(bytes[at])) {
      at++;
    }
    return at;
  }

  /**
   * Reads an object.
   *
   * @return false if the range does not begin with an object; nothing of it is kept then
   */
  boolean object(byte[] bytes, int from, int to, boolean cut) {
    try {
      boolean asGelf = isGelf(bytes, from, to);
      error = json.parse(bytes, from, to, asGelf, cut);
      if (error == null) {
        objectEnd = json.end();
        tellsKind(asGelf);
        if (docker.take(bytes, from, objectEnd)) {
          out.builder().rollback();
          if (docker.isWhole()) {
            joined();
          }
        } else {
          out.end();
        }
        return true;
      }
    } catch (RuntimeException ex) {
      error = unreadable(ex, to - from);
    }
    out.builder().rollback();
    return false;
  }

  /** The index after the object that was read last. */
  int objectEnd() {
    return objectEnd;
  }

  private String unreadable(RuntimeException ex, int length) {
    if (!failed) {
      failed = true;
      LOG.error("Keeping a message of {} bytes as a line, because it cannot be read", length, ex);
    }
    return "internal: cannot be read";
  }

  /** Reads the bytes before another object: as an object, or else as a line. */
  void part(byte[] bytes, int from, int to) {
    if (!object(bytes, from, to, false)) {
      speaks(gelf ? TextProtocol.GELF : TextProtocol.JSON);
      strange((error == null) ? "json: malformed" : error, bytes, from, to);
    }
  }

  /** Keeps text that follows an object on the same line. */
  void behindObject(byte[] bytes, int from, int to) {
    strange("json: text behind the object", bytes, from, to);
  }

  /** Looks at every object only if the first one was GELF, because looking costs time. */
  private boolean isGelf(byte[] bytes, int from, int to) {
    if (gelf || kind == Kind.PLAIN) {
      return gelf;
    }
    return Gelf.isGelf(bytes, from, ObjectEnds.close(bytes, from, to));
  }

  /**
   * Takes the first whole object as what the sender speaks. Of a broken one it depends on the reads
   * how much of it was tried.
   */
  private void tellsKind(boolean asGelf) {
    if (kind == Kind.UNKNOWN && !gelf) {
      kind = asGelf ? Kind.MIXED : Kind.PLAIN;
    }
    speaks(asGelf ? TextProtocol.GELF : TextProtocol.JSON);
  }

  private void speaks(TextProtocol spoken) {
    if (protocol == TextProtocol.UNKNOWN) {
      protocol = spoken;
    }
  }
}
