package io.logcaster.ingest.http;

import io.logcaster.ingest.IngestProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes GELF over HTTP, as Graylog does: one object, or several concatenated ones. */
@RestController
class GelfController {

  private final HttpInput input;
  private final int maxRecordSize;

  GelfController(HttpInput gelfInput, IngestProperties properties) {
    this.input = gelfInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
  }

  /** Answers 202 without a body if everything was taken, as Graylog does. */
  @PostMapping("/gelf")
  ResponseEntity<HttpRecords.@Nullable Result> gelf(HttpServletRequest request)
      throws IOException, InterruptedException {
    try {
      HttpRecords.Result result =
          JsonObjects.receive(request, input, maxRecordSize, true, "No message.");
      return ResponseEntity.accepted().body(result.rejected() > 0 ? result : null);
    } catch (RefusedException ex) {
      throw ex.problem();
    }
  }
}
