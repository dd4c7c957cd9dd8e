package io.logcaster.notice.content;

import io.logcaster.notice.channel.NoticeAlert;
import java.util.List;
import java.util.Map;

/**
 * What the stored records say about an alert.
 *
 * @param records the first ones that match
 * @param template the most frequent template of their messages; empty if unknown
 * @param count how many match; negative if unknown
 * @param link the console with these records; empty if unknown
 * @param chart the value in the time before, the oldest first
 */
public record RecordFacts(
    List<Map<String, String>> records,
    String template,
    long count,
    String link,
    List<NoticeAlert.Point> chart) {

  /** Nothing is known. */
  public static final RecordFacts NONE = new RecordFacts(List.of(), "", -1, "", List.of());
}
