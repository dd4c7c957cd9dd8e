package io.logcaster.notice;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Values as stored in the database. Equal labels have equal text, so the text can be a key. */
final class StoredJson {

  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final TypeReference<TreeMap<String, String>> LABELS = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<TreeMap<String, Object>> OBJECT = new TypeReference<>() {};

  private StoredJson() {}

  static String print(Map<String, String> labels) {
    return MAPPER.writeValueAsString(new TreeMap<>(labels));
  }

  static SortedMap<String, String> labels(String json) {
    return MAPPER.readValue(json, LABELS);
  }

  static List<String> texts(String json) {
    return MAPPER.readValue(json, TEXTS);
  }

  static SortedMap<String, Object> object(String json) {
    return MAPPER.readValue(json, OBJECT);
  }
}
