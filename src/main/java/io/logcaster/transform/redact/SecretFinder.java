package io.logcaster.transform.redact;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Finds secrets in one pass: a table says for each byte whether a secret may be recognised there,
 * which for most bytes is all that happens. Safe for use by many threads at once.
 */
public final class SecretFinder {

  private static final int DIGIT = 1;
  private static final int AT = 2;
  private static final int COLON = 4;
  private static final int WORD = 8;
  private static final int ARGUMENT = 16;
  private static final int KEY = 32;

  /** A longer text before an at sign is no address (RFC 5321, section 4.5.3.1.1). */
  private static final int MAX_LOCAL = 64;

  private final byte[] triggers = new byte[256];
  private final boolean cards;
  private final boolean emails;
  private final boolean ips;
  private final boolean bearers;
  private final boolean passwords;

  /** Creates a finder of some kinds. */
  public SecretFinder(Set<SecretKind> kinds) {
    cards = kinds.contains(SecretKind.CARD);
    emails = kinds.contains(SecretKind.EMAIL);
    ips = kinds.contains(SecretKind.IP);
    bearers = kinds.contains(SecretKind.BEARER);
    passwords = kinds.contains(SecretKind.URL_PASSWORD);
    boolean keys = kinds.contains(SecretKind.CLOUD_KEY);
    for (int b = 0; b < 256; b++) {
      int set = 0;
      set |= ((cards || ips) && b >= '0' && b <= '9') ? DIGIT : 0;
      set |= ((emails || passwords) && b == '@') ? AT : 0;
      set |= (ips && b == ':') ? COLON : 0;
      set |= (bearers && (b == 'b' || b == 'B' || b == 'e')) ? WORD : 0;
      set |= (passwords && (b == '?' || b == '&')) ? ARGUMENT : 0;
      set |= (keys && CloudKeys.mayBegin(b)) ? KEY : 0;
      triggers[b] = (byte) set;
    }
  }

  /** Adds what is in a range of UTF-8 bytes. */
  void find(byte[] bytes, int from, int to, Hits hits) {
    byte[] table = triggers;
    int at = from;
    while (at < to) {
      int set = table[bytes[at] & 0xff];
      if (set == 0) {
        at++;
      } else {
        at = look(bytes, from, at, to, set, hits);
      }
    }
  }

  /** Looks at a place, and returns where to go on. */
  private int look(byte[] bytes, int from, int at, int to, int set, Hits hits) {
    if ((set & DIGIT) != 0) {
      return digits(bytes, from, at, to, hits);
    }
    if ((set & AT) != 0) {
      return atSign(bytes, from, at, to, hits);
    }
    if ((set & COLON) != 0) {
      return colon(bytes, from, at, to, hits);
    }
    if ((set & ARGUMENT) != 0) {
      int start = Credentials.argument(bytes, at, to);
      int end = (start < 0) ? -1 : Credentials.argumentEnd(bytes, start, to);
      return add(hits, SecretKind.URL_PASSWORD, start, end, at);
    }
    if ((set & WORD) != 0) {
      int next = word(bytes, from, at, to, hits);
      if (next > at + 1) {
        return next;
      }
    }
    if ((set & KEY) != 0
        && CloudKeys.find(bytes, from, at, to, hits, SecretKind.CLOUD_KEY.index())) {
      return hits.covered(at);
    }
    return at + 1;
  }

  private static int add(Hits hits, SecretKind kind, int start, int end, int at) {
    if (start < 0 || end <= start) {
      return at + 1;
    }
    hits.add(kind.index(), start, end);
    return end;
  }

  private int digits(byte[] bytes, int from, int at, int to, Hits hits) {
    int run = Chars.end(bytes, at, to, Chars.DIGIT);
    if (at > from && Chars.is(bytes[at - 1], Chars.DIGIT)) {
      return run;
    }
    int length = run - at;
    if (cards && (length >= 13 || length == 4)) {
      int end = CardNumbers.end(bytes, from, at, to);
      if (end > 0) {
        hits.add(SecretKind.CARD.index(), at, end);
        return end;
      }
    }
    if (ips && length <= 3 && run < to && bytes[run] == '.') {
      int end = IpAddresses.endOf4(bytes, from, at, to);
      if (end > 0) {
        hits.add(SecretKind.IP.index(), at, end);
        return end;
      }
    }
    return run;
  }

  private int colon(byte[] bytes, int from, int at, int to, Hits hits) {
    // Not worth a look: a word or white space on one side, as after names.
    boolean right = at + 1 < to && (Chars.is(bytes[at + 1], Chars.HEX) || bytes[at + 1] == ':');
    if (!right) {
      return at + 1;
    }
    int start = Math.max(IpAddresses.startOf6(bytes, from, at), hits.covered(from));
    int end = IpAddresses.endOf6(bytes, at, to);
    if (start <= at && IpAddresses.is6(bytes, from, start, end, to)) {
      hits.add(SecretKind.IP.index(), start, end);
      return end;
    }
    // The last group may be the beginning of something else, such as a port of an IPv4 address.
    int next = at + 1;
    while (next < end && bytes[next] == ':') {
      next++;
    }
    return next;
  }

  private int word(byte[] bytes, int from, int at, int to, Hits hits) {
    if (bytes[at] == 'e') {
      int end = Credentials.jwtEnd(bytes, from, at, to);
      return add(hits, SecretKind.BEARER, (end < 0) ? -1 : at, end, at);
    }
    int start = Credentials.bearer(bytes, from, at, to);
    if (start >= 0) {
      return add(hits, SecretKind.BEARER, start, Credentials.bearerEnd(bytes, start, to), at);
    }
    start = Credentials.basic(bytes, from, at, to);
    return (start < 0)
        ? at + 1
        : add(hits, SecretKind.BEARER, start, Credentials.basicEnd(bytes, start, to), at);
  }

  private int atSign(byte[] bytes, int from, int at, int to, Hits hits) {
    int free = hits.covered(from);
    if (passwords) {
      int last = Credentials.lastAt(bytes, at, to);
      int start = Credentials.passwordStart(bytes, free, at);
      if (start >= 0) {
        hits.add(SecretKind.URL_PASSWORD.index(), start, last);
        return last + 1;
      }
    }
    if (emails) {
      int start = at;
      while (start > free && at - start <= MAX_LOCAL && Chars.is(bytes[start - 1], Chars.LOCAL)) {
        start--;
      }
      // A dot ends a sentence, and a name begins with a letter or digit.
      while (start < at && (bytes[start] == '.' || bytes[start] == '-' || bytes[start] == '%')) {
        start++;
      }
      int end = domainEnd(bytes, at + 1, to);
      if (end > 0
          && start < at
          && at - start <= MAX_LOCAL
          && !isRemote(bytes, start, at, end, to)) {
        hits.add(SecretKind.EMAIL.index(), start, end);
        return end;
      }
    }
    return at + 1;
  }

  /** {@code git@github.com:team/project.git} names a repository. */
  private static boolean isRemote(byte[] bytes, int start, int at, int end, int to) {
    return at - start == 3
        && Chars.begins(bytes, start, to, Chars.ascii("git"))
        && end < to
        && (bytes[end] == ':' || bytes[end] == '/');
  }

  /** The end of a host name with a top-level domain of letters; -1 if there is none. */
  private static int domainEnd(byte[] bytes, int at, int to) {
    int end = -1;
    int label = at;
    int labels = 0;
    while (true) {
      int next = Chars.end(bytes, label, to, Chars.LABEL);
      if (next == label || bytes[label] == '-') {
        break;
      }
      labels++;
      if (labels > 1) {
        end = isTopLevel(bytes, label, next) ? next : -1;
      }
      if (next >= to || bytes[next] != '.') {
        break;
      }
      label = next + 1;
    }
    return end;
  }

  private static boolean isTopLevel(byte[] bytes, int from, int to) {
    if (to - from < 2 || to - from > 24 || isFileType(bytes, from, to)) {
      return false;
    }
    for (int at = from; at < to; at++) {
      if ((Chars.is(bytes[at], Chars.DIGIT) || bytes[at] == '-') && !punycode(bytes, from, to)) {
        return false;
      }
    }
    return true;
  }

  private static boolean punycode(byte[] bytes, int from, int to) {
    return Chars.begins(bytes, from, to, Chars.ascii("xn--"));
  }

  /** {@code logo@2x.png}. */
  private static boolean isFileType(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return switch (text) {
      case "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "json", "jar", "service" ->
          true;
      default -> false;
    };
  }
}
