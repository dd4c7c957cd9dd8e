package io.logcaster.capsule;

import io.logcaster.record.ByteBuilder;
import io.logcaster.transform.redact.Redactor;
import io.logcaster.transform.redact.SecretKind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replaces secrets in all texts of a capsule, and cuts what is too long. Not thread-safe. */
final class Redaction {

  /** A stack trace fits; the whole of a larger value stays on the server. */
  static final int MAX_VALUE = 20_000;

  /** The largest file that browsers open at once and mail servers take. */
  static final long MAX_TEXT = 8L << 20;

  private final Redactor redactor;
  private final ByteBuilder target = new ByteBuilder(256);
  private long room = MAX_TEXT;
  private boolean cut;

  Redaction(Set<SecretKind> kinds) {
    redactor = new Redactor(kinds, List.of(), Redactor.With.MASK, null);
  }

  /** A text without secrets. */
  String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    target.truncate(0);
    String clean =
        redactor.redact(bytes, 0, bytes.length, false, target)
            ? new String(target.array(), 0, target.length(), StandardCharsets.UTF_8)
            : text;
    if (clean.length() > MAX_VALUE) {
      cut = true;
      clean = clean.substring(0, MAX_VALUE) + "…";
    }
    room -= clean.length();
    return clean;
  }

  /** A record without secrets. */
  Map<String, String> record(Map<String, String> fields) {
    Map<String, String> clean = new LinkedHashMap<>();
    fields.forEach((name, value) -> clean.put(text(name), text(value)));
    return clean;
  }

  /** Whether further texts fit; once they do not, the capsule is cut. */
  boolean hasRoom() {
    cut |= room <= 0;
    return room > 0;
  }

  boolean isCut() {
    return cut;
  }

  /** How many secrets of each kind were replaced. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    String[] names = redactor.names();
    for (int i = 0; i < names.length; i++) {
      if (redactor.counts()[i] > 0) {
        counts.put(names[i], redactor.counts()[i]);
      }
    }
    return counts;
  }
}
