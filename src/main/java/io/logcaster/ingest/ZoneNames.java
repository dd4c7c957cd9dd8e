package io.logcaster.ingest;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names of time zones: abbreviations such as {@code CET} and regions such as {@code
 * Europe/Berlin}. Caches the last region, because a sender mostly uses one. Not thread-safe.
 */
final class ZoneNames {

  /** Returned by {@link #offset} for a word that is not the abbreviation of a zone. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  /** Returned by {@link #offset} for an abbreviation of the configured zone. */
  static final int OWN = Integer.MIN_VALUE + 1;

  private static final int LONGEST_REGION = 40;

  /**
   * Minutes east of UTC. Abbreviations that are also English words, such as GET and ACT, are
   * omitted.
   */
  private static final String OFFSETS =
      "UTC 0 GMT 0 UT 0 WET 0 WEST 60 CET 60 CEST 120 MET 60 MEST 120 EET 120 EEST 180 MSK 180"
          + " SAMT 240 YEKT 300 OMST 360 KRAT 420 IRKT 480 YAKT 540 VLAT 600"
          + " EST -300 EDT -240 CST -360 CDT -300 MST -420 MDT -360 PST -480 PDT -420 AKST -540"
          + " AKDT -480 HST -600 AST -240 ADT -180 NST -210 NDT -150 BRT -180 BRST -120 CLT -240"
          + " CLST -180 COT -300 WAT 60 CAT 120 SAST 120 EAT 180 TRT 180 IRST 210 PKT 300 IST 330"
          + " NPT 345 BST 60 ICT 420 WIB 420 WITA 480 SGT 480 HKT 480 AWST 480 PHT 480 JST 540"
          + " KST 540 ACST 570 ACDT 630 AEST 600 AEDT 660 NZST 720 NZDT 780";

  /** Abbreviations that several countries use. */
  private static final String[] SHARED = {"CST", "IST", "BST", "AST", "ADT", "CDT", "PST"};

  private static final String[] AREAS = {
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Brazil/",
    "Canada/", "Chile/", "Etc/", "Europe/", "Indian/", "Mexico/", "Pacific/", "US/"
  };

  private static final long[] NAMES;

  private static final short[] MINUTES;

  static {
    String[] words = OFFSETS.split(" ");
    long[] entries = new long[words.length / 2];
    for (int i = 0; i < entries.length; i++) {
      // The offset is in the low bits, so that one sort orders both.
      entries[i] = pack(words[i * 2]) << 16 | (Short.parseShort(words[i * 2 + 1]) & 0xffff);
    }
    Arrays.sort(entries);
    NAMES = Arrays.stream(entries).map((entry) -> entry >> 16).toArray();
    MINUTES = new short[entries.length];
    for (int i = 0; i < entries.length; i++) {
      MINUTES[i] = (short) entries[i];
    }
  }

  private final ZoneId zone;

  /** The English abbreviations of the configured zone, in winter and summer; empty until needed. */
  private String[] own = {};

  private byte[] lastRegion = {};

  private @Nullable ZoneRules lastRules;

  ZoneNames(ZoneId zone) {
    this.zone = zone;
  }

  private static long pack(String word) {
    byte[] bytes = Bytes.ascii(word);
    return pack(bytes, 0, bytes.length);
  }

  private static long pack(byte[] bytes, int from, int to) {
    long packed = 0;
    for (int i = from; i < to; i++) {
      packed = packed << 8 | bytes[i];
    }
    return packed;
  }

  /** The minutes east of UTC for an abbreviation, or {@link #UNKNOWN} or {@link #OWN}. */
  int offset(byte[] bytes, int from, int to) {
    if (to - from < 2 || to - from > 5) {
      return UNKNOWN;
    }
    int at = Arrays.binarySearch(NAMES, pack(bytes, from, to));
    if (at < 0) {
      return UNKNOWN;
    }
    return (isShared(bytes, from, to) && isOwn(bytes, from, to)) ? OWN : MINUTES[at];
  }

  /** Whether an abbreviation is used by several zones, so that a guess must be checked. */
  static boolean isShared(byte[] bytes, int from, int to) {
    if (to - from != 3) {
      return false;
    }
    for (String shared : SHARED) {
      if (is(bytes, from, shared)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOwn(byte[] bytes, int from, int to) {
    if (own.length == 0) {
      TimeZone timeZone = TimeZone.getTimeZone(zone);
      own =
          new String[] {
            timeZone.getDisplayName(false, TimeZone.SHORT, Locale.ENGLISH),
            timeZone.getDisplayName(true, TimeZone.SHORT, Locale.ENGLISH)
          };
    }
    for (String name : own) {
      if (name.length() == to - from && is(bytes, from, name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a word begins like the name of a region. */
  static boolean isRegion(byte[] bytes, int from, int to) {
    for (String area : AREAS) {
      if (to - from > area.length() && is(bytes, from, area)) {
        return to - from <= LONGEST_REGION;
      }
    }
    return false;
  }

  /** The rules of a region; null if there is no such region. */
  @Nullable ZoneRules region(byte[] bytes, int from, int to) {
    if (!Bytes.equal(bytes, from, to, lastRegion)) {
      lastRegion = Arrays.copyOfRange(bytes, from, to);
      lastRules = rules(new String(lastRegion, StandardCharsets.US_ASCII));
    }
    return lastRules;
  }

  private static @Nullable ZoneRules rules(String region) {
    try {
      return ZoneRulesProvider.getRules(region, false);
    } catch (ZoneRulesException _) {
      return null;
    }
  }

  private static boolean is(byte[] bytes, int from, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
