package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Records that share the values of the stream fields. Two streams with the same non-empty fields
 * are the same stream.
 */
public final class Stream {

  /** The stream of records that have none of the stream fields. */
  public static final Stream EMPTY = new Stream(List.of());

  private final List<Field> fields;

  private final String canonical;

  private final String id;

  private Stream(List<Field> sorted) {
    fields = sorted;
    canonical = print(sorted);
    id = identify(canonical);
  }

  /**
   * The stream with the given fields.
   *
   * @param fields the stream fields in any order; empty ones are ignored
   */
  public static Stream of(List<Field> fields) {
    List<Field> sorted = sorted(fields);
    return sorted.isEmpty() ? EMPTY : new Stream(sorted);
  }

  /** The non-empty stream fields, sorted by name. */
  public List<Field> fields() {
    return fields;
  }

  /** The value of a stream field, empty if absent. */
  public String value(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field.value();
      }
    }
    return "";
  }

  /** The fields as text: <code>{app="x",host="y"}</code>, values quoted as in JSON. */
  public String canonical() {
    return canonical;
  }

  /**
   * The identity of the stream: 48 hexadecimal digits, 16 of them zero for the tenant, then the
   * first 128 bits of the SHA-256 of {@link #canonical()}. The hash is cryptographic because
   * senders choose the values and must not be able to construct two streams with one identity.
   */
  public String id() {
    return id;
  }

  /** The canonical text of the stream with the given fields, without computing its identity. */
  public static String canonical(List<Field> fields) {
    return print(sorted(fields));
  }

  private static List<Field> sorted(List<Field> fields) {
    return fields.stream()
        .filter((field) -> !field.value().isEmpty())
        .sorted(Comparator.comparing(Field::name))
        .toList();
  }

  private static String print(List<Field> fields) {
    StringBuilder text = new StringBuilder("{");
    for (Field field : fields) {
      if (text.length() > 1) {
        text.append(',');
      }
      text.append(field.name()).append('=');
      quote(field.value(), text);
    }
    return text.append('}').toString();
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static String identify(String canonical) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return "0000000000000000" + HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("Every Java platform has SHA-256", ex);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Stream that && canonical.equals(that.canonical);
  }

  @Override
  public int hashCode() {
    return canonical.hashCode();
  }

  @Override
  public String toString() {
    return canonical;
  }
}
