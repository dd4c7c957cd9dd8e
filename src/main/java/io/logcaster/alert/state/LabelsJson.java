package io.logcaster.alert.state;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Labels as stored in the database: equal labels have equal text, so the text can be a key. */
public final class LabelsJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final TypeReference<TreeMap<String, String>> LABELS = new TypeReference<>() {};

  private LabelsJson() {}

  public static String print(Map<String, String> labels) {
    return MAPPER.writeValueAsString(new TreeMap<>(labels));
  }

  public static SortedMap<String, String> parse(String json) {
    return MAPPER.readValue(json, LABELS);
  }
}
