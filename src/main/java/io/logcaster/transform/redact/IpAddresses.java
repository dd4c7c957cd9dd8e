package io.logcaster.transform.redact;

/** IPv4 addresses in dotted form and IPv6 addresses (RFC 4291, section 2.2). */
final class IpAddresses {

  private IpAddresses() {}

  /**
   * The end of the IPv4 address that begins at a digit; -1 if there is none.
   *
   * @param at a digit whose predecessor is none
   */
  static int endOf4(byte[] bytes, int from, int at, int to) {
    if (at > from) {
      byte before = bytes[at - 1];
      if (Chars.is(before, Chars.LETTER)
          || before == '_'
          || (before == '.' && at - 1 > from && Chars.is(bytes[at - 2], Chars.LETTER | Chars.DIGIT))
          || (before == '-'
              && at - 1 > from
              && Chars.is(bytes[at - 2], Chars.LETTER | Chars.DIGIT))) {
        return -1;
      }
    }
    int place = at;
    int first = 0;
    int rest = 0;
    for (int part = 0; part < 4; part++) {
      if (part > 0) {
        if (place >= to || bytes[place] != '.') {
          return -1;
        }
        place++;
      }
      int start = place;
      int number = 0;
      while (place < to && place - start < 4 && Chars.is(bytes[place], Chars.DIGIT)) {
        number = number * 10 + bytes[place++] - '0';
      }
      int length = place - start;
      if (length == 0 || length > 3 || number > 255 || (length > 1 && bytes[start] == '0')) {
        return -1;
      }
      if (part == 0) {
        first = number;
      } else {
        rest |= number;
      }
    }
    if (place < to) {
      byte next = bytes[place];
      if (Chars.is(next, Chars.LETTER)
          || next == '_'
          || (next == '.'
              && place + 1 < to
              && Chars.is(bytes[place + 1], Chars.LETTER | Chars.DIGIT))
          || (next == '-' && place + 1 < to && Chars.is(bytes[place + 1], Chars.LETTER))) {
        return -1;
      }
    }
    boolean own = first == 127 || first == 0;
    // Chrome/120.0.0.0 is the version of a browser.
    boolean version =
        rest == 0
            && at - 2 >= from
            && bytes[at - 1] == '/'
            && Chars.is(bytes[at - 2], Chars.LETTER);
    return (own || version) ? -1 : place;
  }

  /** The beginning of the run of hexadecimal digits, colons and dots around a colon. */
  static int startOf6(byte[] bytes, int from, int colon) {
    int start = colon;
    while (start > from && (Chars.is(bytes[start - 1], Chars.HEX) || bytes[start - 1] == ':')) {
      start--;
    }
    return start;
  }

  /** The end of that run. */
  static int endOf6(byte[] bytes, int colon, int to) {
    int end = colon;
    while (end < to && (Chars.is(bytes[end], Chars.HEX) || bytes[end] == ':')) {
      end++;
    }
    // ::ffff:192.0.2.1
    if (end < to && bytes[end] == '.' && Chars.is(bytes[end - 1], Chars.DIGIT)) {
      int quad = end;
      while (quad < to && (Chars.is(bytes[quad], Chars.DIGIT) || bytes[quad] == '.')) {
        quad++;
      }
      return quad;
    }
    return end;
  }

  /** Whether a run is an address that may tell who or where somebody is. */
  static boolean is6(byte[] bytes, int from, int start, int end, int to) {
    if (end - start < 3
        || end - start > 45
        || Chars.isInWord(bytes, from, start)
        || (end < to && (Chars.is(bytes[end], Chars.LETTER) || bytes[end] == '_'))) {
      return false;
    }
    int groups = 0;
    int gaps = 0;
    int digits = 0;
    boolean hasDigit = false;
    boolean telling = false;
    for (int at = start; at < end; at++) {
      byte b = bytes[at];
      if (b == ':') {
        boolean second = at + 1 < end && bytes[at + 1] == ':';
        if (second) {
          gaps++;
          if (at + 2 < end && bytes[at + 2] == ':') {
            return false;
          }
        } else if (digits == 0 && at > start && bytes[at - 1] != ':') {
          return false;
        }
        if (!second && at == start) {
          return false;
        }
        digits = 0;
      } else if (b == '.') {
        int quad = quad(bytes, start, at);
        if (endOf4(bytes, quad, quad, end) != end && !isOwn4(bytes, quad, end)) {
          return false;
        }
        return gaps == 1 && groups < 8;
      } else {
        if (++digits == 1) {
          groups++;
        }
        hasDigit |= Chars.is(b, Chars.DIGIT);
        telling |= b != '0' && !(b == '1' && at == end - 1);
        if (digits > 4) {
          return false;
        }
      }
    }
    if (bytes[end - 1] == ':' && bytes[end - 2] != ':') {
      return false;
    }
    boolean complete = (gaps == 0) ? groups == 8 : gaps == 1 && groups < 8;
    return complete && hasDigit && telling;
  }

  private static int quad(byte[] bytes, int start, int dot) {
    int quad = dot;
    while (quad > start && Chars.is(bytes[quad - 1], Chars.DIGIT)) {
      quad--;
    }
    return quad;
  }

  private static boolean isOwn4(byte[] bytes, int from, int to) {
    return to - from >= 7 && bytes[from] == '1' && bytes[from + 1] == '2' && bytes[from + 2] == '7';
  }
}
