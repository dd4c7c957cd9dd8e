package io.logcaster.cli;

import io.logcaster.cli.LineSource.Format;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A real message and the places in it that vary: the digits of numbers but the first, hexadecimal
 * ids, and the last two numbers of IPv4 addresses. Lengths stay, and so does every word, so that
 * words are as frequent as they were.
 */
final class VariedLine {

  private static final int DIGITS = 0;

  private static final int HEX = 1;

  /** A number of an address, which must stay below 256. */
  private static final int OCTET = 2;

  /** Shorter runs of hexadecimal digits are words or numbers. */
  private static final int MIN_HEX = 8;

  /** The message in UTF-8; as within quotes where lines are JSON. */
  private final byte[] text;

  /** Triples of kind, index and length. */
  private final int[] places;

  private final int level;

  private VariedLine(byte[] text, int[] places, int level) {
    this.text = text;
    this.places = places;
    this.level = level;
  }

  static VariedLine of(String message, Format format) {
    byte[] text = format.isQuoted() ? quoted(message) : plain(message);
    int[] places = new int[30];
    int used = 0;
    for (int at = 0; at < text.length; ) {
      if (!isAlphanumeric(text[at])) {
        at++;
        continue;
      }
      int end = at;
      while (end < text.length && isAlphanumeric(text[end])) {
        end++;
      }
      if (used + 12 > places.length) {
        places = Arrays.copyOf(places, places.length * 2);
      }
      int address = address(text, at, end);
      if (address > 0) {
        int third = next(text, next(text, at, '.'), '.');
        int fourth = next(text, third, '.');
        used = place(places, used, OCTET, third, fourth - 1);
        used = place(places, used, OCTET, fourth, address);
        end = address;
      } else if (isHex(text, at, end)) {
        used = place(places, used, HEX, at, end);
      } else {
        int digits = at;
        while (digits < end && !isDigit(text[digits])) {
          digits++;
        }
        int stop = digits;
        while (stop < end && isDigit(text[stop])) {
          stop++;
        }
        if (stop - digits > 1) {
          used = place(places, used, DIGITS, digits + 1, stop);
        }
        end = Math.max(stop, at + 1);
      }
      at = end;
    }
    return new VariedLine(text, Arrays.copyOf(places, used), level(message));
  }

  /** In bytes, whatever the values are. */
  int length() {
    return text.length;
  }

  /** 0 DEBUG, 1 INFO, 2 WARN, 3 ERROR, as the message suggests. */
  int level() {
    return level;
  }

  private static int place(int[] places, int used, int kind, int from, int to) {
    places[used] = kind;
    places[used + 1] = from;
    places[used + 2] = to - from;
    return used + 3;
  }

  /** Writes the message with other values. */
  int write(LineSource random, byte[] target, int at) {
    System.arraycopy(text, 0, target, at, text.length);
    for (int i = 0; i < places.length; i += 3) {
      int from = at + places[i + 1];
      int length = places[i + 2];
      switch (places[i]) {
        case DIGITS -> {
          for (int j = 0; j < length; j++) {
            target[from + j] = (byte) ('0' + random.below(10));
          }
        }
        case HEX -> {
          for (int j = 0; j < length; j += 16) {
            random.hex(Math.min(16, length - j), target, from + j);
          }
        }
        default -> {
          int least = (length == 1) ? 0 : (length == 2) ? 10 : 100;
          int most = (length == 1) ? 9 : (length == 2) ? 99 : 255;
          LineSource.decimal(least + random.below(most - least + 1), target, from);
        }
      }
    }
    return at + text.length;
  }

  /** The end of an address in dots that begins with a run of letters and digits; 0 for none. */
  private static int address(byte[] text, int from, int to) {
    int at = from;
    int end = to;
    for (int octet = 0; octet < 4; octet++) {
      int length = end - at;
      if (length < 1 || length > 3) {
        return 0;
      }
      for (int i = at; i < end; i++) {
        if (!isDigit(text[i])) {
          return 0;
        }
      }
      if (octet == 3) {
        return end;
      }
      if (end >= text.length || text[end] != '.') {
        return 0;
      }
      at = end + 1;
      end = at;
      while (end < text.length && isAlphanumeric(text[end])) {
        end++;
      }
    }
    return 0;
  }

  private static int next(byte[] text, int from, char separator) {
    int at = from;
    while (text[at] != separator) {
      at++;
    }
    return at + 1;
  }

  /** Enough hexadecimal digits in lower case, decimal ones and letters among them. */
  private static boolean isHex(byte[] text, int from, int to) {
    int decimals = 0;
    for (int i = from; i < to; i++) {
      if (isDigit(text[i])) {
        decimals++;
      } else if (text[i] < 'a' || text[i] > 'f') {
        return false;
      }
    }
    return to - from >= MIN_HEX && decimals > 0 && decimals < to - from;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isAlphanumeric(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private static byte[] plain(String message) {
    return message.replace('\0', ' ').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] quoted(String message) {
    StringBuilder text = new StringBuilder(message.length() + 16);
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else {
        text.append((c < ' ') ? ' ' : c);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int level(String message) {
    String text = message.toUpperCase(Locale.ROOT);
    if (text.contains("ERROR") || text.contains("FATAL") || text.contains("CRITICAL")) {
      return 3;
    }
    return text.contains("WARN") ? 2 : text.contains("DEBUG") ? 0 : 1;
  }
}
