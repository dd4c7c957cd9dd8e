package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes what Filebeat, Logstash, Fluent Bit, Vector and the clients of Elasticsearch and OpenSearch
 * send: many documents by {@code _bulk}, or one.
 */
@RestController
class ElasticsearchController {

  private static final JsonMapper JSON = new JsonMapper();

  static final String PREFIX = "/insert/elasticsearch";

  private final HttpInput input;
  private final int maxRecordSize;
  private final ParserPool<JsonParser> parsers;

  ElasticsearchController(HttpInput elasticsearchInput, IngestProperties properties) {
    this.input = elasticsearchInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
    this.parsers =
        new ParserPool<>(
            input.context(), (out) -> new JsonParser(out, JsonNames.DEFAULT, maxRecordSize));
  }

  @RequestMapping(
      path = {"/_bulk", PREFIX + "/_bulk"},
      method = {RequestMethod.POST, RequestMethod.PUT})
  ResponseEntity<byte[]> bulk(HttpServletRequest request) throws IOException, InterruptedException {
    return bulk(request, "");
  }

  @RequestMapping(
      path = {"/{index}/_bulk", PREFIX + "/{index}/_bulk", "/{index}/{type}/_bulk"},
      method = {RequestMethod.POST, RequestMethod.PUT})
  ResponseEntity<byte[]> bulk(HttpServletRequest request, @PathVariable String index)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    JsonNames names =
        JsonNames.DEFAULT.with(
            UrlArguments.names(request, "_time_field", "VL-Time-Field"),
            UrlArguments.names(request, "_msg_field", "VL-Msg-Field"));
    List<String> streams = UrlArguments.names(request, "_stream_fields", "VL-Stream-Fields");
    ElasticsearchBulk[] bulk = new ElasticsearchBulk[1];
    RequestReceiver.ReadingWith<JsonParser> reading =
        (body, records, parser) -> {
          boolean whole = ElasticsearchAnswers.wantsWholeItems(request);
          bulk[0] = new ElasticsearchBulk(records, parser, index, whole);
          bulk[0].read(BodyBuffer.ofObjects(body.text(), maxRecordSize));
        };
    try {
      if (streams.isEmpty() && names.equals(JsonNames.DEFAULT)) {
        RequestReceiver.receive(request, parsers, reading);
      } else {
        RequestReceiver.receive(
            request,
            input.context(),
            streams,
            (body, records) ->
                reading.read(
                    body, records, new JsonParser(records.writer(), names, maxRecordSize)));
      }
      if (bulk[0].count() == 0) {
        throw new RefusedException("request body is required");
      }
    } catch (RefusedException ex) {
      return ElasticsearchAnswers.error(request, ex);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(
        "{\"took\":%d,\"errors\":%b,\"items\":["
            .formatted((System.nanoTime() - start) / 1_000_000, bulk[0].hasErrors())
            .getBytes(StandardCharsets.US_ASCII));
    answer.writeBytes(bulk[0].items());
    answer.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
    return ElasticsearchAnswers.of(request, HttpStatus.OK, answer.toByteArray(), new HttpHeaders());
  }

  /** One document, as the clients' {@code index} and {@code create} send it. */
  @RequestMapping(
      path = {
        "/{index}/_doc",
        "/{index}/_doc/{id}",
        "/{index}/_create/{id}",
        PREFIX + "/{index}/_doc",
        PREFIX + "/{index}/_doc/{id}",
        PREFIX + "/{index}/_create/{id}"
      },
      method = {RequestMethod.POST, RequestMethod.PUT})
  ResponseEntity<byte[]> document(
      HttpServletRequest request,
      @PathVariable String index,
      @PathVariable(required = false) @Nullable String id)
      throws IOException, InterruptedException {
    try {
      JsonObjects.receive(request, input, maxRecordSize, false, "request body is required");
    } catch (RefusedException ex) {
      return ElasticsearchAnswers.error(request, ex);
    }
    String name = (id == null) ? ElasticsearchBulk.newId() : id;
    String body =
        "{\"_index\":%s,\"_id\":%s,\"_version\":1,\"result\":\"created\",%s,\"_seq_no\":0,\"_primary_term\":1}"
            .formatted(
                JSON.writeValueAsString(index),
                JSON.writeValueAsString(name),
                ElasticsearchAnswers.SHARDS);
    return ElasticsearchAnswers.of(request, HttpStatus.CREATED, body);
  }
}
