package io.logcaster.storage.jdbc;

import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Stream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Turns records into rows of the table {@code records} and back. */
final class RowCodec {

  /** In the order of {@link #write} and {@link #read}. */
  static final String COLUMNS = "time_ns, severity, stream_fields, message, fields";

  /** The longest text that H2 keeps in a row, in characters. Longer ones are cut and marked. */
  static final int MAX_TEXT = 1_048_576;

  private static final JsonFactory JSON = new JsonFactory();

  private RowCodec() {}

  /** Sets the five parameters of an insert. */
  static void write(RecordBatch batch, int row, List<Column> fields, PreparedStatement insert)
      throws SQLException {
    String message = batch.column(Field.MESSAGE).text(row);
    boolean cut = message.length() > MAX_TEXT;
    String json = json(row, fields, cut);
    if (json.length() > MAX_TEXT) {
      json = json(row, shortened(fields, row), true);
    }
    insert.setLong(1, batch.times()[row]);
    insert.setInt(2, batch.severity(row));
    insert.setString(3, streamFields(batch.stream(batch.streamOrdinal(row))));
    insert.setString(4, cut ? message.substring(0, MAX_TEXT) : message);
    insert.setString(5, json);
  }

  private static String json(int row, List<Column> fields, boolean truncated) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      for (Column field : fields) {
        if (!field.isEmpty(row)) {
          json.writeStringProperty(field.name(), field.text(row));
        }
      }
      if (truncated) {
        json.writeStringProperty("_truncated", "true");
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  /** The fields of a row without those that alone would fill it. */
  private static List<Column> shortened(List<Column> fields, int row) {
    List<Column> kept = new ArrayList<>();
    int room = MAX_TEXT / 2;
    for (Column field : fields) {
      int length = field.end(row) - field.start(row) + field.name().length();
      // A control character takes six in JSON.
      if (length * 6 < room) {
        room -= length * 6;
        kept.add(field);
      }
    }
    return kept;
  }

  private static String streamFields(Stream stream) {
    StringBuilder names = new StringBuilder();
    for (Field field : stream.fields()) {
      names.append(names.isEmpty() ? "" : "\n").append(field.name());
    }
    return names.toString();
  }

  /** The names of the stream fields that {@link #write} stored. */
  static List<String> streamFields(String stored) {
    return stored.isEmpty() ? List.of() : List.of(stored.split("\n"));
  }

  /**
   * Adds the current row of a result to a builder.
   *
   * @param first the index of {@code time_ns} among the result's columns; the others follow but for
   *     {@code stream_fields}, which chose the builder
   */
  static void read(ResultSet row, int first, RecordBatchBuilder builder) throws SQLException {
    builder.time(row.getLong(first));
    builder.severity(row.getInt(first + 1));
    builder.value(RecordBatchBuilder.MESSAGE, row.getString(first + 3));
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), row.getString(first + 4))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.PROPERTY_NAME) {
          byte[] name = json.currentName().getBytes(StandardCharsets.UTF_8);
          json.nextToken();
          builder.value(builder.column(name, 0, name.length), json.getString());
        }
      }
    }
    builder.end();
  }
}
