package io.logcaster.tail;

import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events of a tail. */
final class TailJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private TailJson() {}

  static List<Map<String, String>> read(byte[] array) {
    return MAPPER.readValue(array, new TypeReference<>() {});
  }
}
