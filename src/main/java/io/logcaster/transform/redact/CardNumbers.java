package io.logcaster.transform.redact;

/**
 * Card numbers: 13 to 19 digits with the prefix and length of a brand and a correct check digit
 * (ISO/IEC 7812-1, Luhn), in one run or in the groups in which they are printed.
 */
final class CardNumbers {

  private static final int MIN = 13;
  private static final int MAX = 19;

  private CardNumbers() {}

  /**
   * The end of the card number that begins at a digit.
   *
   * @param at a digit whose predecessor is none
   * @return -1 if there is none
   */
  static int end(byte[] bytes, int from, int at, int to) {
    byte first = bytes[at];
    if (first < '2' || first > '6' || (at > from && isJoined(bytes, from, at))) {
      return -1;
    }
    int run = Chars.end(bytes, at, Math.min(to, at + MAX + 1), Chars.DIGIT);
    int length = run - at;
    if (length >= MIN) {
      return (length <= MAX && endsWell(bytes, run, to) && isCard(bytes, at, run, length))
          ? run
          : -1;
    }
    return (length == 4 && run + 1 < to && (bytes[run] == ' ' || bytes[run] == '-'))
        ? grouped(bytes, at, run, to)
        : -1;
  }

  /** Part of a word, a decimal fraction or a longer number. */
  private static boolean isJoined(byte[] bytes, int from, int at) {
    byte before = bytes[at - 1];
    if (Chars.is(before, Chars.LETTER | Chars.DIGIT) || before == '_') {
      return true;
    }
    return (before == '.' || before == '-')
        && at - 1 > from
        && Chars.is(bytes[at - 2], Chars.LETTER | Chars.DIGIT);
  }

  private static boolean endsWell(byte[] bytes, int end, int to) {
    if (end == to) {
      return true;
    }
    byte next = bytes[end];
    if (Chars.is(next, Chars.LETTER | Chars.DIGIT) || next == '_') {
      return false;
    }
    return !((next == '.' || next == '-') && end + 1 < to && Chars.is(bytes[end + 1], Chars.WORD));
  }

  /** Groups of 4-4-4-4 (and 4-4-4-4-3), 4-6-5 or 4-6-4. */
  private static int grouped(byte[] bytes, int at, int firstEnd, int to) {
    byte separator = bytes[firstEnd];
    int digits = 4;
    int end = firstEnd;
    int group = 1;
    int second = 0;
    while (end + 1 < to && bytes[end] == separator && group < 5) {
      int next = Chars.end(bytes, end + 1, Math.min(to, end + 8), Chars.DIGIT);
      int length = next - end - 1;
      if (length == 0) {
        break;
      }
      if (group == 1) {
        second = length;
      }
      boolean fits =
          (second == 4)
              ? length == 4 || (group == 4 && length == 3)
              : (second == 6) && ((group == 1) || (group == 2 && (length == 4 || length == 5)));
      if (!fits) {
        // A number of its own may follow the card number.
        return (separator == ' ' && digits >= 14 && isCard(bytes, at, end, digits)) ? end : -1;
      }
      digits += length;
      end = next;
      group++;
      if ((second == 6 && group == 3)
          || (digits == 16 && !continuesWith3(bytes, end, to, separator))) {
        break;
      }
    }
    return (digits >= 14 && endsWell(bytes, end, to) && isCard(bytes, at, end, digits)) ? end : -1;
  }

  private static boolean continuesWith3(byte[] bytes, int end, int to, byte separator) {
    return end + 3 < to
        && bytes[end] == separator
        && Chars.end(bytes, end + 1, Math.min(to, end + 6), Chars.DIGIT) == end + 4
        && separator == '-';
  }

  private static boolean isCard(byte[] bytes, int from, int to, int length) {
    int prefix = 0;
    int read = 0;
    for (int at = from; at < to && read < 4; at++) {
      if (Chars.is(bytes[at], Chars.DIGIT)) {
        prefix = prefix * 10 + bytes[at] - '0';
        read++;
      }
    }
    return isBrand(prefix, length) && luhn(bytes, from, to) && !isUniform(bytes, from, to);
  }

  /** Whether a brand has numbers that begin with these four digits and are this long. */
  private static boolean isBrand(int prefix, int length) {
    int two = prefix / 100;
    int three = prefix / 10;
    return switch (prefix / 1_000) {
      case 4 -> length == 13 || length == 16 || length == 19;
      case 5 -> two >= 51 && two <= 55 && length == 16;
      case 2 -> prefix >= 2221 && prefix <= 2720 && length == 16;
      case 3 ->
          ((two == 34 || two == 37) && length == 15)
              || (((three >= 300 && three <= 305) || two == 36 || two == 38) && length == 14)
              || (prefix >= 3528 && prefix <= 3589 && length >= 16);
      case 6 ->
          (prefix == 6011 || two == 65 || (three >= 644 && three <= 649) || two == 62)
              && length >= 16;
      default -> false;
    };
  }

  private static boolean luhn(byte[] bytes, int from, int to) {
    int sum = 0;
    boolean doubled = false;
    for (int at = to - 1; at >= from; at--) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        continue;
      }
      int value = doubled ? digit * 2 : digit;
      sum += (value > 9) ? value - 9 : value;
      doubled = !doubled;
    }
    return sum % 10 == 0;
  }

  /** {@code 4444444444444448} may be a card, {@code 5555…} and zeros after a prefix are fillers. */
  private static boolean isUniform(byte[] bytes, int from, int to) {
    int zeros = 0;
    int digits = 0;
    for (int at = from; at < to; at++) {
      if (Chars.is(bytes[at], Chars.DIGIT)) {
        digits++;
        zeros += (bytes[at] == '0') ? 1 : 0;
      }
    }
    return zeros >= digits - 2;
  }
}
