package io.logcaster.sink.s3;

import com.github.luben.zstd.ZstdInputStream;
import io.logcaster.s3.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a sink has archived. */
final class Archives {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Archives() {}

  /** The records in all objects, by their keys. */
  static List<JsonNode> records(S3Server server) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (Map.Entry<String, byte[]> object : server.objects().entrySet()) {
      String text = new String(plain(object.getKey(), object.getValue()), StandardCharsets.UTF_8);
      text.lines().map(JSON::readTree).forEach(records::add);
    }
    return records;
  }

  static List<String> messages(S3Server server) throws IOException {
    return records(server).stream().map((record) -> record.path("_msg").asString()).toList();
  }

  private static byte[] plain(String key, byte[] object) throws IOException {
    InputStream bytes = new ByteArrayInputStream(object);
    if (key.endsWith(".jsonl")) {
      return object;
    }
    try (InputStream plain =
        key.endsWith(".gz") ? new GZIPInputStream(bytes) : new ZstdInputStream(bytes)) {
      return plain.readAllBytes();
    }
  }
}
