package io.logcaster.transform.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.logcaster.record.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Replaces secrets in values. Not thread-safe. */
public final class Redactor {

  /** What takes the place of a secret. */
  public enum With {
    /** {@code [redacted:email]}. */
    MASK,
    /** {@code [email:3f2a…]}: equal secrets have equal hashes, but only the key tells which. */
    HASH,
    /** Nothing. */
    REMOVE
  }

  /**
   * A pattern of the user.
   *
   * @param name the kind under which it is counted
   * @param pattern if it has a group, only the first group is secret
   */
  public record Own(String name, Pattern pattern) {}

  /** 64 bits: short in a log, and two secrets hardly ever share a hash. */
  private static final int HASH_BYTES = 8;

  private final SecretFinder finder;
  private final List<Own> own;
  private final With with;
  private final @Nullable Mac mac;
  private final String[] names;
  private final long[] counts;
  private final Hits hits = new Hits();

  /**
   * @param key the key of the hash; null if none is needed
   */
  public Redactor(Set<SecretKind> kinds, List<Own> own, With with, byte @Nullable [] key) {
    finder = new SecretFinder(kinds);
    this.own = List.copyOf(own);
    this.with = with;
    mac = (with == With.HASH) ? mac(key) : null;
    SecretKind[] known = SecretKind.values();
    names = new String[known.length + own.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = (i < known.length) ? known[i].key() : own.get(i - known.length).name();
    }
    counts = new long[names.length];
  }

  private static Mac mac(byte @Nullable [] key) {
    if (key == null || key.length == 0) {
      throw new IllegalArgumentException("a hash needs a key");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException ex) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", ex);
    }
  }

  /** The kinds, by the index of their {@linkplain #counts counts}. */
  public String[] names() {
    return names.clone();
  }

  /** How many secrets were replaced since the last {@link #clearCounts}; not to be changed. */
  public long[] counts() {
    return counts;
  }

  public void clearCounts() {
    Arrays.fill(counts, 0);
  }

  /** Whether there are patterns of the user, which need more time. */
  public boolean hasOwn() {
    return !own.isEmpty();
  }

  /**
   * Appends a value with its secrets replaced.
   *
   * @param ownToo whether to look for the patterns of the user
   * @return false if there are none; then nothing was appended
   */
  public boolean redact(byte[] bytes, int from, int to, boolean ownToo, ByteBuilder target) {
    hits.clear();
    finder.find(bytes, from, to, hits);
    int start = target.length();
    if (hits.count() > 0) {
      write(bytes, from, to, target);
    }
    if (!ownToo || own.isEmpty()) {
      return hits.count() > 0;
    }
    boolean found = hits.count() > 0;
    for (int i = 0; i < own.size(); i++) {
      String text =
          found
              ? new String(target.array(), start, target.length() - start, StandardCharsets.UTF_8)
              : new String(bytes, from, to - from, StandardCharsets.UTF_8);
      String replaced = replace(own.get(i), SecretKind.values().length + i, text);
      if (replaced != null) {
        target.truncate(start);
        target.append(replaced);
        found = true;
      }
    }
    return found;
  }

  private void write(byte[] bytes, int from, int to, ByteBuilder target) {
    int done = from;
    for (int i = 0; i < hits.count(); i++) {
      int kind = hits.kind(i);
      target.append(bytes, done, hits.start(i));
      counts[kind]++;
      switch (with) {
        case MASK -> target.append(mask(names[kind]));
        case HASH -> target.append(hash(kind, bytes, hits.start(i), hits.end(i)));
        case REMOVE -> {}
      }
      done = hits.end(i);
    }
    target.append(bytes, done, to);
  }

  private static String mask(String name) {
    return "[redacted:" + name + "]";
  }

  private String hash(int kind, byte[] bytes, int from, int to) {
    Mac keyed = mac;
    if (keyed == null) {
      return mask(names[kind]);
    }
    keyed.update(bytes, from, to - from);
    byte[] digest = keyed.doFinal();
    return "[" + names[kind] + ":" + HexFormat.of().formatHex(digest, 0, HASH_BYTES) + "]";
  }

  private @Nullable String replace(Own one, int kind, String text) {
    Matcher matcher = one.pattern().matcher(text);
    int group = (matcher.groupCount() > 0) ? 1 : 0;
    StringBuilder replaced = null;
    int done = 0;
    while (matcher.find()) {
      int start = matcher.start(group);
      int end = matcher.end(group);
      if (start < done || start == end) {
        continue;
      }
      if (replaced == null) {
        replaced = new StringBuilder(text.length());
      }
      replaced.append(text, done, start);
      byte[] secret = text.substring(start, end).getBytes(StandardCharsets.UTF_8);
      counts[kind]++;
      switch (with) {
        case MASK -> replaced.append(mask(names[kind]));
        case HASH -> replaced.append(hash(kind, secret, 0, secret.length));
        case REMOVE -> {}
      }
      done = end;
    }
    return (replaced == null) ? null : replaced.append(text, done, text.length()).toString();
  }
}
