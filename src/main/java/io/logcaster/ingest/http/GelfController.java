package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes GELF by HTTP, as Graylog does: one object, or several one after the other. */
@RestController
class GelfController {

  private final HttpInput input;
  private final int maxRecordSize;

  GelfController(HttpInput gelfInput, IngestProperties properties) {
    this.input = gelfInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
  }

  @PostMapping("/gelf")
  ResponseEntity<Void> gelf(HttpServletRequest request) throws IOException, InterruptedException {
    try {
      HttpRecords.Result result =
          Receiver.receive(
              request,
              input.context(),
              List.of(),
              (body, records) ->
                  JsonBodies.objects(
                      BodyBuffer.ofObjects(body, maxRecordSize),
                      new JsonParser(records.writer(), JsonNames.DEFAULT, maxRecordSize),
                      true,
                      records));
      if (result.accepted() == 0) {
        throw new RefusedException(
            result.errors().isEmpty() ? "No message." : result.errors().getFirst().reason());
      }
      return ResponseEntity.accepted().build();
    } catch (RefusedException ex) {
      throw ex.problem();
    }
  }
}
