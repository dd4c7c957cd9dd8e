package io.logcaster.ingest.clients;

import java.util.List;
import java.util.Map;

/**
 * Records as programs really write them and as protocols and parsers find them hard: stack traces,
 * scripts from everywhere, tabs, control characters, very long texts, text that looks like another
 * protocol. Always the same.
 */
final class UnusualRecords {

  static final int COUNT = 2_000;

  private static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARN", "ERROR");

  /** What the longest messages repeat, in about 200 KB of UTF-8. */
  private static final String LONG = "가나다라 0123456789\n".repeat(8_500);

  private UnusualRecords() {}

  /**
   * A record.
   *
   * @param mark a word by which the records of one client are found again
   */
  static String message(String mark, int number) {
    String id = mark + "_" + number + "_";
    return switch (number % 10) {
      case 0 -> id + " order 4711 placed";
      case 1 ->
          "java.lang.IllegalStateException: boom "
              + id
              + "\n"
              + "\tat com.example.Shop.<init>(Shop.java:7)\n"
              + "Caused by: java.io.IOException: disk\n"
              + "\t... 17 more";
      case 2 -> "결제가 완료되었습니다 🎉 👨‍👩‍👧 " + id + " ünï ﷽";
      case 3 -> id + "\ttab\t\"quoted\" back\\slash 100% = [x] {y} 'a' <b> & ; | `z` $1";
      case 4 -> id + " \u0001 \u001b[31mred\u001b[0m \u0007 \u007f \u0085 \u2028 \ufeff";
      case 5 -> id + ((number == 1_995) ? LONG : " " + "long ".repeat(number % 100 * 10)) + " end";
      case 6 -> "{\"a\":1,\"id\":\"" + id + "\",\"b\":[1,2]}";
      case 7 -> "ERROR [DB] " + id + " level=info msg=\"x y\" time=2020-01-01T00:00:00Z";
      case 8 ->
          "Traceback (most recent call last):\n  File \"" + id + "\", line 3\n\nValueError: bad 값";
      default -> "<13>1 " + id + " <script>alert(1)</script>";
    };
  }

  static String level(int number) {
    return LEVELS.get(number % 4);
  }

  /** A time within the last hour of a present, each record's its own. */
  static long millis(long now, int number) {
    return now - 3_600_000 + number * 1_001L;
  }

  /** Fields beside the message, nested and of several types. */
  static Map<String, Object> fields(int number) {
    return Map.of(
        "num",
        number,
        "ratio",
        number + 0.25,
        "flag",
        number % 2 == 0,
        "path",
        "C:\\x\t\"y\"",
        "user",
        Map.of("name", "김철수", "id", number));
  }
}
