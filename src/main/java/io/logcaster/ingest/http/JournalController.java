package io.logcaster.ingest.http;

import com.github.luben.zstd.ZstdIOException;
import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.MalformedFrameException;
import io.logcaster.storage.DeliveryOrderException;
import io.logcaster.storage.StorageReadOnlyException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what {@code systemd-journal-upload} sends, as {@code systemd-journal-remote} does: a body
 * in the journal export format of any length, see {@link JournalUpload}.
 */
@RestController
class JournalController {

  private static final String TYPE = "application/vnd.fdo.journal";

  private final HttpInput input;
  private final int maxRecordSize;

  JournalController(HttpInput journalInput, IngestProperties properties) {
    this.input = journalInput;
    this.maxRecordSize = (int) properties.maxRecordSize().toBytes();
  }

  @PostMapping("/upload")
  ResponseEntity<String> upload(HttpServletRequest request)
      throws IOException, InterruptedException {
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    if (!type.startsWith(TYPE)) {
      return answer(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type: " + TYPE + " is required.");
    }
    try (RequestBody body = RequestBody.ofAnyLength(request);
        JournalUpload upload = new JournalUpload(input.context(), body, maxRecordSize)) {
      try {
        upload.receive();
      } finally {
        input.context().metrics().addBytes(body.bytesRead());
      }
      return answer(HttpStatus.ACCEPTED, "OK.");
    } catch (MalformedFrameException ex) {
      input.context().metrics().reject("malformed_body", 1);
      return answer(HttpStatus.BAD_REQUEST, "The body is not a journal export: " + ex.getMessage());
    } catch (OverloadedException ex) {
      return again(HttpStatus.TOO_MANY_REQUESTS, "The server is busy.");
    } catch (StorageReadOnlyException ex) {
      return again(HttpStatus.SERVICE_UNAVAILABLE, "The disk is almost full.");
    } catch (DeliveryOrderException ex) {
      return again(
          HttpStatus.SERVICE_UNAVAILABLE, "An earlier upload of these entries has not ended yet.");
    } catch (SocketTimeoutException ex) {
      return answer(HttpStatus.REQUEST_TIMEOUT, "No data came; what came before is stored.");
    } catch (UnsupportedEncodingException ex) {
      return answer(HttpStatus.UNSUPPORTED_MEDIA_TYPE, ex.getMessage());
    } catch (ZipException | EOFException | ZstdIOException ex) {
      input.context().metrics().reject("malformed_body", 1);
      return answer(HttpStatus.BAD_REQUEST, "The body cannot be unpacked: " + ex.getMessage());
    }
  }

  private static ResponseEntity<String> again(HttpStatus status, String text) {
    return ResponseEntity.status(status)
        .header("Retry-After", "1")
        .contentType(MediaType.TEXT_PLAIN)
        .body(text + "\n");
  }

  private static ResponseEntity<String> answer(HttpStatus status, @Nullable String text) {
    return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(text + "\n");
  }
}
