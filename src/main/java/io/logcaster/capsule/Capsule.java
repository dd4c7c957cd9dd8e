package io.logcaster.capsule;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a capsule contains; all texts are redacted. The same names are in the JSON within the file.
 *
 * @param format the version of these names, 1
 * @param title what happened
 * @param notes what people wrote about it
 * @param query the query of its records
 * @param start the range, start included
 * @param end the range, end included
 * @param made when it was made
 * @param redacted the kinds of secrets that were replaced, with how many of each
 * @param step the width of a bar of the histogram, such as {@code 5m}
 * @param stepMillis the same in milliseconds
 * @param histogram records in buckets of time, oldest first
 * @param patterns the most frequent templates
 * @param alerts changes of alerts in the range, oldest first
 * @param records the chosen records
 * @param cut whether records or parts of long values are missing, because the file would be too
 *     large
 */
record Capsule(
    int format,
    String title,
    String notes,
    String query,
    Instant start,
    Instant end,
    Instant made,
    Map<String, Long> redacted,
    String step,
    long stepMillis,
    List<Bar> histogram,
    List<Pattern> patterns,
    List<Change> alerts,
    List<Map<String, String>> records,
    boolean cut) {

  record Bar(String time, long records) {}

  record Pattern(String template, long records, String example) {}

  record Change(Instant time, String name, String labels, String from, String to, String reason) {}
}
