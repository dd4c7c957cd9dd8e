package io.logcaster.ingest.json;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import java.util.Arrays;

/**
 * Reads {@code level=info msg="it works" took=3ms}. A line counts only if it consists of pairs and
 * some of the names mean level, message or time: other lines may hold pairs, too, and would lose
 * their meaning.
 */
public final class Logfmt {

  /** More pairs than this make a line a plain one. */
  private static final int MAX_PAIRS = 256;

  /** What names say, of which a line has to say enough. */
  private static final int SAYS_MESSAGE = 1;

  private static final int SAYS_LEVEL = 2;

  private static final int SAYS_TIME = 4;

  private final RecordWriter out;

  private final boolean inside;

  private final JsonFields fields;

  private byte[] scratch = new byte[0];

  private int used;

  private Logfmt(RecordWriter out, JsonNames names, boolean inside) {
    this.out = out;
    this.fields = new JsonFields(out, names);
    this.inside = inside;
  }

  /** For lines by themselves. */
  public static Logfmt ofLines(RecordWriter out) {
    return new Logfmt(out, JsonNames.DEFAULT, false);
  }

  /** For texts whose protocol gives the time, the host and the app. */
  public static Logfmt withoutOrigin(RecordWriter out) {
    return new Logfmt(out, JsonNames.INSIDE, true);
  }

  /**
   * Sets the current record where a line is logfmt; inside of a protocol it has to have a message
   * with a level or a time, and its level wins over one that was set.
   *
   * @return false if it is not logfmt; nothing is set then
   */
  public boolean parse(byte[] bytes, int from, int to) {
    if (from >= to || !isNameByte(bytes[from]) || !isEnough(check(bytes, from, to))) {
      return false;
    }
    used = 0;
    fields.begin(false);
    int at = from;
    while (at < to) {
      int name = at;
      at = Bytes.indexOf(bytes, at, to, (byte) '=');
      int column = fields.column(bytes, name, at, true);
      at++;
      if (at < to && bytes[at] == '"') {
        at = quoted(column, bytes, at + 1, to);
      } else {
        int end = Bytes.indexOf(bytes, at, to, (byte) ' ');
        fields.set(column, bytes, at, end);
        at = end;
      }
      at = skipSpaces(bytes, at, to);
    }
    fields.finish();
    if (inside && fields.hasLevel()) {
      out.soleLevel();
    }
    return true;
  }

  private boolean isEnough(int said) {
    return inside
        ? (said & SAYS_MESSAGE) != 0 && (said & (SAYS_LEVEL | SAYS_TIME)) != 0
        : said != 0;
  }

  private int quoted(int column, byte[] bytes, int from, int to) {
    int at = Bytes.indexOfEither(bytes, from, to, (byte) '"', (byte) '\\');
    if (bytes[at] == '"') {
      fields.set(column, bytes, from, at);
      return at + 1;
    }
    if (scratch.length < to - from + used) {
      // Earlier values stay in the array that is replaced.
      scratch = Arrays.copyOf(scratch, used + to - from);
    }
    int start = used;
    at = from;
    while (bytes[at] != '"') {
      byte b = bytes[at++];
      if (b == '\\') {
        at = escape(bytes, at, to);
      } else {
        scratch[used++] = b;
      }
    }
    fields.set(column, scratch, start, used);
    return at + 1;
  }

  /**
   * Reads what follows a backslash, as Go quotes text, whose loggers write most logfmt; returns the
   * index after it. Other characters lose their backslash.
   */
  private int escape(byte[] bytes, int at, int to) {
    byte escaped = bytes[at];
    int digits =
        switch (escaped) {
          case 'x' -> 2;
          case 'u' -> 4;
          case 'U' -> 8;
          default -> 0;
        };
    int end = at + 1 + digits;
    if (digits > 0 && end < to) {
      // The first digit of eight is 0 in every character there is.
      int number = Bytes.hexDigits(bytes, end - Math.min(digits, 7), Math.min(digits, 7));
      if (digits == 2 && number >= 0) {
        // A byte, as Go quotes those that are no text; most are control characters.
        scratch[used++] = (byte) number;
        return end;
      }
      if (number >= 0 && number <= Character.MAX_CODE_POINT) {
        boolean half = number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
        used = Bytes.utf8(half ? 0xFFFD : number, scratch, used);
        return end;
      }
    }
    scratch[used++] =
        switch (escaped) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'a' -> 0x07;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'v' -> 0x0B;
          default -> escaped;
        };
    return at + 1;
  }

  /** What the names of a line say that consists of pairs; 0 for every other line. */
  private static int check(byte[] bytes, int from, int to) {
    int at = from;
    int pairs = 0;
    int said = 0;
    while (at < to) {
      int name = at;
      while (at < to && isNameByte(bytes[at])) {
        at++;
      }
      if (at == name || at >= to || bytes[at] != '=' || ++pairs > MAX_PAIRS) {
        return 0;
      }
      said |= says(bytes, name, at);
      at++;
      if (at < to && bytes[at] == '"') {
        at = closingQuote(bytes, at + 1, to);
        if (at < 0) {
          return 0;
        }
        at++;
        if (at < to && bytes[at] != ' ') {
          return 0;
        }
      } else {
        at = Bytes.indexOf(bytes, at, to, (byte) ' ');
      }
      at = skipSpaces(bytes, at, to);
    }
    return (pairs > 1) ? said : 0;
  }

  private static int closingQuote(byte[] bytes, int from, int to) {
    int at = from;
    while (true) {
      at = Bytes.indexOfEither(bytes, at, to, (byte) '"', (byte) '\\');
      if (at >= to) {
        return -1;
      }
      if (bytes[at] == '"') {
        return at;
      }
      at += 2;
    }
  }

  private static boolean isNameByte(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || Bytes.isDigit(b)
        || b == '_'
        || b == '.'
        || b == '-'
        || b == '@';
  }

  /** What a name says: {@code ts time level lvl msg}. */
  private static int says(byte[] bytes, int from, int to) {
    return switch (to - from) {
      case 2 -> is(bytes, from, "ts") ? SAYS_TIME : 0;
      case 3 -> is(bytes, from, "msg") ? SAYS_MESSAGE : is(bytes, from, "lvl") ? SAYS_LEVEL : 0;
      case 4 -> is(bytes, from, "time") ? SAYS_TIME : 0;
      case 5 -> is(bytes, from, "level") ? SAYS_LEVEL : 0;
      default -> 0;
    };
  }

  private static boolean is(byte[] bytes, int from, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (bytes[from + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int skipSpaces(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at;
  }
}
