package io.logcaster.storage.opensearch;

import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A page of found documents.
 *
 * @param batch their records
 * @param numbers the number of each record
 * @param indexes the index of each document
 * @param pit the point in time for the next page; null if the answer names none
 * @param bytes the length of the answer in characters
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record RecordPage(
    RecordBatch batch, long[] numbers, List<String> indexes, @Nullable String pit, long bytes) {

  int size() {
    return indexes.size();
  }

  /** Reads the answer to a search, without a tree of it in memory. */
  static RecordPage read(InputStream answer, StreamTexts streams) throws IOException {
    try (JsonParser json = SearchCluster.JSON.createParser(answer)) {
      return new Reader(json, streams).page();
    } catch (JacksonException ex) {
      throw new IOException("The answer to a search cannot be read: " + ex.getMessage(), ex);
    }
  }

  private static final class Reader {

    private final JsonParser json;
    private final StreamTexts streams;
    private final RowsBuilder rows = new RowsBuilder();
    private final List<String> indexes = new ArrayList<>();
    private long[] numbers = new long[256];
    private @Nullable String pit;

    Reader(JsonParser json, StreamTexts streams) {
      this.json = json;
      this.streams = streams;
    }

    RecordPage page() throws IOException {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "pit_id" -> pit = json.getString();
          case "hits" -> hits();
          case "timed_out" -> {
            if (json.getBooleanValue()) {
              throw new IOException("A search timed out");
            }
          }
          default -> json.skipChildren();
        }
      }
      return new RecordPage(
          rows.build(),
          Arrays.copyOf(numbers, indexes.size()),
          indexes,
          pit,
          json.currentLocation().getByteOffset());
    }

    private void hits() {
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isHits = json.currentName().equals("hits");
        json.nextToken();
        if (isHits) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            hit();
          }
        } else {
          json.skipChildren();
        }
      }
    }

    private void hit() {
      String index = "";
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "_index" -> index = json.getString();
          case "_source" -> document();
          default -> json.skipChildren();
        }
      }
      indexes.add(index);
    }

    private void document() {
      long time = 0;
      int severity = 0;
      String stream = "{}";
      int row = indexes.size();
      if (row == numbers.length) {
        numbers = Arrays.copyOf(numbers, row * 2);
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case RecordIndex.TIME -> time = Timestamps.parse(json.getString());
          case RecordIndex.MESSAGE -> rows.value(Field.MESSAGE, json.getString());
          case RecordIndex.SEVERITY -> severity = json.getIntValue();
          case RecordIndex.STREAM -> stream = json.getString();
          case RecordIndex.NUMBER -> numbers[row] = json.getLongValue();
          case RecordIndex.PAIRS -> pairs();
          case RecordIndex.REST -> {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
              String field = json.currentName();
              json.nextToken();
              if (field.equals(Field.STREAM)) {
                stream = json.getString();
              } else {
                rows.value(field, json.getString());
              }
            }
          }
          default -> {
            if (RecordIndex.COLUMNS.contains(name)) {
              rows.value(name, json.getString());
            } else {
              json.skipChildren();
            }
          }
        }
      }
      rows.end(time, severity, streams.get(stream));
    }

    private void pairs() {
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        String pair = json.getString();
        int end = pair.indexOf('=');
        rows.value(pair.substring(0, end), pair.substring(end + 1));
      }
    }
  }
}
