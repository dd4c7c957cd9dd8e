package io.logcaster.transform.redact;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

/** Credentials in headers and URLs. */
final class Credentials {

  private static final byte[] BEARER = Chars.ascii("bearer");
  private static final byte[] BASIC = Chars.ascii("basic");
  private static final byte[] JWT = Chars.ascii("eyJ");

  private static final byte[][] ARGUMENTS =
      Stream.of(
              "password",
              "passwd",
              "pwd",
              "pass",
              "token",
              "access_token",
              "refresh_token",
              "id_token",
              "auth_token",
              "api_key",
              "apikey",
              "api-key",
              "secret",
              "client_secret",
              "sig",
              "signature",
              "x-amz-signature",
              "x-amz-security-token")
          .map(Chars::ascii)
          .toArray(byte[][]::new);

  /** A shorter word after {@code Bearer} needs a digit to be taken for a token. */
  private static final int LONG = 24;

  private static final int SHORT = 8;

  private Credentials() {}

  /** The place of a token after {@code Bearer}; -1 if there is none. */
  static int bearer(byte[] bytes, int from, int at, int to) {
    return afterWord(bytes, from, at, to, BEARER);
  }

  /** The place of credentials after {@code Basic}; -1 if there is none. */
  static int basic(byte[] bytes, int from, int at, int to) {
    return afterWord(bytes, from, at, to, BASIC);
  }

  private static int afterWord(byte[] bytes, int from, int at, int to, byte[] word) {
    if (Chars.isInWord(bytes, from, at) || !Chars.beginsAnyCase(bytes, at, to, word)) {
      return -1;
    }
    int place = at + word.length;
    int start = place;
    while (place < to && (bytes[place] == ' ' || bytes[place] == '\t')) {
      place++;
    }
    if (place == start && Chars.beginsAnyCase(bytes, place, to, Chars.ascii("%20"))) {
      place += 3;
    }
    return (place == start || place == to) ? -1 : place;
  }

  /** The end of a bearer token; -1 if the word is none. */
  static int bearerEnd(byte[] bytes, int at, int to) {
    int end = trimmed(bytes, at, Chars.end(bytes, at, to, Chars.TOKEN));
    boolean digit = false;
    for (int i = at; i < end && !digit; i++) {
      digit = Chars.is(bytes[i], Chars.DIGIT);
    }
    int length = end - at;
    return (length >= LONG || (length >= SHORT && digit)) ? end : -1;
  }

  /** A full stop ends the sentence, not the token. */
  private static int trimmed(byte[] bytes, int at, int end) {
    int trimmed = end;
    while (trimmed > at && bytes[trimmed - 1] == '.') {
      trimmed--;
    }
    return trimmed;
  }

  /** The end of Basic credentials; -1 if the word is not {@code user:password} in Base64. */
  static int basicEnd(byte[] bytes, int at, int to) {
    int end = Chars.end(bytes, at, to, Chars.BASE64);
    if (end - at < 4 || end - at > 1_024) {
      return -1;
    }
    try {
      String text = new String(bytes, at, end - at, StandardCharsets.US_ASCII);
      byte[] plain = Base64.getDecoder().decode(text);
      boolean colon = false;
      for (byte b : plain) {
        colon |= b == ':';
        if (b >= 0 && b < ' ') {
          return -1;
        }
      }
      return colon ? end : -1;
    } catch (IllegalArgumentException ex) {
      return -1;
    }
  }

  /** The end of a JSON web token, whose parts begin with an encoded brace; -1 if there is none. */
  static int jwtEnd(byte[] bytes, int from, int at, int to) {
    if (!Chars.begins(bytes, at, to, JWT) || Chars.isInWord(bytes, from, at)) {
      return -1;
    }
    int head = Chars.end(bytes, at, to, Chars.WORD);
    if (head - at < 10 || head + 1 >= to || bytes[head] != '.') {
      return -1;
    }
    int body = Chars.end(bytes, head + 1, to, Chars.WORD);
    if (body - head < 10 || body >= to || bytes[body] != '.') {
      return -1;
    }
    return Chars.end(bytes, body + 1, to, Chars.WORD);
  }

  /**
   * Where the password of a URL begins; -1 if the at sign does not end the user's part of a URL.
   *
   * @param at an at sign
   */
  static int passwordStart(byte[] bytes, int from, int at) {
    int colon = -1;
    for (int place = at - 1; place >= from; place--) {
      byte b = bytes[place];
      if (b == ':') {
        colon = place;
      } else if (b == '/') {
        boolean scheme = place - 2 >= from && bytes[place - 1] == '/' && bytes[place - 2] == ':';
        return (scheme && colon >= 0 && colon + 1 < at) ? colon + 1 : -1;
      } else if (Chars.is(b, Chars.URL_END) || b == '?' || b == '#') {
        return -1;
      }
    }
    return -1;
  }

  /** The last at sign before the host of a URL, because passwords may have one too. */
  static int lastAt(byte[] bytes, int at, int to) {
    int last = at;
    for (int place = at + 1; place < to; place++) {
      byte b = bytes[place];
      if (b == '@') {
        last = place;
      } else if (Chars.is(b, Chars.URL_END) || b == '/' || b == '?' || b == '#') {
        break;
      }
    }
    return last;
  }

  /**
   * Where the value of a secret argument begins; -1 if the argument is none.
   *
   * @param at a question mark or ampersand
   */
  static int argument(byte[] bytes, int at, int to) {
    int name = at + 1;
    int equals = name;
    while (equals < to && equals - name <= 24 && Chars.is(bytes[equals], Chars.WORD)) {
      equals++;
    }
    if (equals == name || equals >= to || bytes[equals] != '=') {
      return -1;
    }
    for (byte[] argument : ARGUMENTS) {
      if (argument.length == equals - name && Chars.beginsAnyCase(bytes, name, equals, argument)) {
        return equals + 1;
      }
    }
    return -1;
  }

  static int argumentEnd(byte[] bytes, int at, int to) {
    int end = at;
    while (end < to
        && !Chars.is(bytes[end], Chars.URL_END)
        && bytes[end] != '&'
        && bytes[end] != '#') {
      end++;
    }
    return end;
  }
}
