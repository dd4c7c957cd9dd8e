package io.logcaster.sink.http;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.JsonString;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of the user's for each record: {@code ${name}} stands for a field's value as the inside of
 * a JSON string, {@code ${name|raw}} for the value as it is.
 */
final class TemplatePost implements PostBody {

  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}|]+)(\\|raw)?}");

  /** A constant text, or a field. */
  private record Part(String text, boolean isField, boolean isRaw) {}

  /**
   * What stands around the records.
   *
   * @param before the first record
   * @param between two records
   * @param after the last record
   */
  record Frame(String before, String between, String after) {}

  private final List<Part> parts = new ArrayList<>();
  private final Frame frame;
  private final String contentType;
  private boolean isEmpty = true;

  TemplatePost(String template, Frame frame, String contentType) {
    this.frame = frame;
    this.contentType = contentType;
    Matcher places = PLACE.matcher(template);
    int from = 0;
    while (places.find()) {
      parts.add(new Part(template.substring(from, places.start()), false, true));
      parts.add(new Part(places.group(1).strip(), true, places.group(2) != null));
      from = places.end();
    }
    parts.add(new Part(template.substring(from), false, true));
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public void begin() {
    isEmpty = true;
  }

  @Override
  public void append(RecordBatch batch, ByteBuilder body) {
    for (int row = 0; row < batch.size(); row++) {
      body.append(isEmpty ? frame.before() : frame.between());
      isEmpty = false;
      for (Part part : parts) {
        if (part.isField()) {
          value(batch, part, row, body);
        } else {
          body.append(part.text());
        }
      }
    }
  }

  private static void value(RecordBatch batch, Part part, int row, ByteBuilder body) {
    if (part.text().equals(Field.TIME)) {
      body.append(Timestamps.format(batch.times()[row]));
      return;
    }
    Column column = batch.column(part.text());
    if (part.isRaw()) {
      body.append(column.bytes(), column.start(row), column.end(row));
      return;
    }
    ByteBuilder quoted = new ByteBuilder(64);
    JsonString.append(column.bytes(), column.start(row), column.end(row), quoted);
    body.append(quoted.array(), 1, quoted.length() - 1);
  }

  @Override
  public void end(ByteBuilder body) {
    body.append(frame.after());
  }
}
