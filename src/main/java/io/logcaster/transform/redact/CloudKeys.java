package io.logcaster.transform.redact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keys that their issuers mark by a prefix or a name, so that they can be found. */
final class CloudKeys {

  /**
   * A form of key.
   *
   * @param prefix how it begins
   * @param secret whether the prefix belongs to the key; if not, it is its name
   * @param set what follows
   * @param min the fewest bytes that follow
   * @param max the most
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Form(byte[] prefix, boolean secret, int set, int min, int max) {}

  private static final int LETTERS = Chars.LETTER | Chars.DIGIT;

  private static final int NO_LIMIT = 4_096;

  /** By first byte. */
  private static final Form[][] FORMS = new Form[128][];

  static {
    List<Form> all = new ArrayList<>();
    // AWS: identifiers of keys.
    for (String prefix : List.of("AKIA", "ASIA", "ABIA", "ACCA")) {
      all.add(key(prefix, LETTERS, 16, 16));
    }
    // Google: API keys, OAuth.
    all.add(key("AIza", Chars.WORD, 35, 35));
    all.add(key("ya29.", Chars.WORD, 20, NO_LIMIT));
    all.add(key("GOCSPX-", Chars.WORD, 28, 28));
    // Azure: connection strings.
    all.add(named("AccountKey=", Chars.BASE64, 40, 128));
    all.add(named("SharedAccessKey=", Chars.BASE64, 40, 128));
    // GitHub and GitLab.
    for (String prefix : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
      all.add(key(prefix, LETTERS, 36, 255));
    }
    all.add(key("github_pat_", Chars.WORD, 22, 255));
    all.add(key("glpat-", Chars.WORD, 20, 64));
    // Slack, Stripe, SendGrid, npm, DigitalOcean, Hugging Face.
    for (String prefix : List.of("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xapp-")) {
      all.add(key(prefix, Chars.WORD, 10, 255));
    }
    for (String prefix : List.of("sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_")) {
      all.add(key(prefix, LETTERS, 16, 255));
    }
    all.add(key("SG.", Chars.TOKEN, 60, 80));
    all.add(key("npm_", LETTERS, 36, 36));
    all.add(key("dop_v1_", Chars.HEX, 64, 64));
    all.add(key("hf_", LETTERS, 30, 64));
    for (Form form : all) {
      int first = form.prefix()[0];
      Form[] others = (FORMS[first] == null) ? new Form[0] : FORMS[first];
      Form[] more = Arrays.copyOf(others, others.length + 1);
      more[others.length] = form;
      FORMS[first] = more;
    }
  }

  private static final byte[] BEGIN = Chars.ascii("-----BEGIN ");
  private static final byte[] END = Chars.ascii("-----END ");
  private static final byte[] PRIVATE_KEY = Chars.ascii("PRIVATE KEY-----");

  /** The names of AWS's secret key, which has no prefix of its own. */
  private static final byte[][] SECRET_NAMES = {
    Chars.ascii("secret_access_key"), Chars.ascii("secretaccesskey"), Chars.ascii("secretkey")
  };

  private static final int SECRET_LENGTH = 40;

  private CloudKeys() {}

  private static Form key(String prefix, int set, int min, int max) {
    return new Form(Chars.ascii(prefix), true, set, min, max);
  }

  private static Form named(String prefix, int set, int min, int max) {
    return new Form(Chars.ascii(prefix), false, set, min, max);
  }

  /** Whether a key may begin with a byte. */
  static boolean mayBegin(int b) {
    return b == '-' || b == 's' || b == 'S' || (b >= 0 && b < 128 && FORMS[b] != null);
  }

  /** Adds the key that begins at a place; returns whether there is one. */
  static boolean find(byte[] bytes, int from, int at, int to, Hits hits, int kind) {
    byte first = bytes[at];
    if (first == '-') {
      return privateKey(bytes, at, to, hits, kind);
    }
    Form[] forms = FORMS[first & 0x7f];
    if (forms != null && !Chars.isInWord(bytes, from, at)) {
      for (Form form : forms) {
        if (Chars.begins(bytes, at, to, form.prefix())) {
          int start = at + form.prefix().length;
          int end = Chars.end(bytes, start, to, form.set());
          int length = end - start;
          if (length >= form.min() && length <= form.max()) {
            hits.add(kind, form.secret() ? at : start, end);
            return true;
          }
        }
      }
    }
    return (first == 's' || first == 'S') && awsSecret(bytes, at, to, hits, kind);
  }

  /** {@code aws_secret_access_key = …}, {@code "SecretAccessKey": "…"}. */
  private static boolean awsSecret(byte[] bytes, int at, int to, Hits hits, int kind) {
    if (at + 8 > to || (bytes[at + 1] | 0x20) != 'e' || (bytes[at + 2] | 0x20) != 'c') {
      return false;
    }
    for (byte[] name : SECRET_NAMES) {
      if (Chars.beginsAnyCase(bytes, at, to, name)) {
        int start = at + name.length;
        int most = Math.min(to, start + 8);
        while (start < most && " \t\"'=:>\\".indexOf(bytes[start]) >= 0) {
          start++;
        }
        int end = Chars.end(bytes, start, to, Chars.BASE64);
        if (start > at + name.length && end - start == SECRET_LENGTH) {
          hits.add(kind, start, end);
          return true;
        }
      }
    }
    return false;
  }

  /** The whole key, or what the value has of it. */
  private static boolean privateKey(byte[] bytes, int at, int to, Hits hits, int kind) {
    if (!Chars.begins(bytes, at, to, BEGIN)) {
      return false;
    }
    int head = indexOf(bytes, at + BEGIN.length, Math.min(to, at + 64), PRIVATE_KEY);
    if (head < 0) {
      return false;
    }
    int start = head + PRIVATE_KEY.length;
    int found = indexOf(bytes, start, to, END);
    int end = (found < 0) ? to : found;
    // A bracket begins what takes the place of a key.
    if (start == end || bytes[start] == '[') {
      return false;
    }
    hits.add(kind, start, end);
    return true;
  }

  private static int indexOf(byte[] bytes, int from, int to, byte[] text) {
    for (int at = from; at <= to - text.length; at++) {
      if (Chars.begins(bytes, at, to, text)) {
        return at;
      }
    }
    return -1;
  }
}
