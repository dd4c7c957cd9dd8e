package io.logcaster.storage.tier;

import io.logcaster.storage.segment.bytes.CheckedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which segments are in object storage. It is the object {@code catalog}, from which a machine with
 * an empty disk finds all of them again. A {@link CheckedText} with the lines
 *
 * <pre>
 * logcaster-tier-catalog 1
 * flushed 1234                       the last sequence of the write-ahead log in segments
 * segment 2026-11-21/0000000042-1234.tier 91234567 7654321 89ab… segments/2026-11-21/…seg
 *                                    the local file, the length of the segment, the length and
 *                                    the SHA-256 of the local file, the key of the segment
 * segment …
 * </pre>
 *
 * <p>An object {@code segments/*.seg} is a segment byte by byte. The object with the same name and
 * {@code .tier} behind it is its local file.
 *
 * @param flushed the last sequence of the write-ahead log that is in segments
 */
public record TierCatalog(long flushed, List<Entry> entries) {

  static final String KEY = "catalog";

  static final String HEAD = "logcaster-tier-catalog 1";

  /** What the key of a local file ends with, after the key of its segment. */
  static final String LOCAL = ".tier";

  public TierCatalog {
    entries = List.copyOf(entries);
  }

  /**
   * A segment.
   *
   * @param file the local file, relative to the directory of the records
   * @param bytes the length of the segment
   * @param localBytes the length of the local file
   * @param sha256 the hash of the local file in hexadecimal
   * @param key the key of the segment
   */
  public record Entry(String file, long bytes, long localBytes, String sha256, String key) {

    private static final int WORDS = 5;

    String line() {
      return String.join(" ", file, Long.toString(bytes), Long.toString(localBytes), sha256, key);
    }

    static Entry of(String line) throws IOException {
      String[] words = line.split(" ", WORDS);
      if (words.length != WORDS || !words[0].matches("[0-9-]+/[0-9-]+\\.tier")) {
        throw unreadable(line);
      }
      try {
        return new Entry(
            words[0], Long.parseLong(words[1]), Long.parseLong(words[2]), words[3], words[4]);
      } catch (NumberFormatException ex) {
        throw unreadable(line);
      }
    }
  }

  private static IOException unreadable(String line) {
    return new CheckedText.CorruptTextException(Path.of(KEY), "unexpected line '" + line + "'");
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("flushed " + flushed);
    entries.forEach((entry) -> lines.add("segment " + entry.line()));
    return lines;
  }

  static TierCatalog of(List<String> lines) throws IOException {
    long flushed = 0;
    List<Entry> entries = new ArrayList<>();
    for (String line : lines) {
      String value = line.substring(line.indexOf(' ') + 1);
      if (line.startsWith("flushed ") && value.matches("\\d{1,18}")) {
        flushed = Long.parseLong(value);
      } else if (line.startsWith("segment ")) {
        entries.add(Entry.of(value));
      } else {
        throw unreadable(line);
      }
    }
    return new TierCatalog(flushed, entries);
  }
}
