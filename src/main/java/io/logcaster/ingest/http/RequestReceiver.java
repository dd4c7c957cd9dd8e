package io.logcaster.ingest.http;

import com.github.luben.zstd.ZstdIOException;
import io.logcaster.ingest.InputContext;
import io.logcaster.storage.StorageReadOnlyException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.coyote.BadRequestException;
import org.springframework.http.HttpStatus;

/** Reads one request's records and tells what became of them, alike for all protocols. */
final class Receiver {

  private Receiver() {}

  /** Reads records out of a body. */
  @FunctionalInterface
  interface Reading {

    void read(RequestBody body, HttpRecords records)
        throws IOException, OverloadedException, RefusedException, InterruptedException;
  }

  /**
   * Reads a request and waits until its records are durable.
   *
   * @param streams the names of the stream fields; empty for the configured ones
   * @throws RefusedException if nothing, or not all, of the request could be taken; its sender may
   *     send it again where the status says so
   */
  static HttpRecords.Result receive(
      HttpServletRequest request, InputContext context, List<String> streams, Reading reading)
      throws RefusedException, IOException, InterruptedException {
    return receive(request, context, new HttpRecords(context, streams), reading);
  }

  /** Reads records out of a body with a parser that is kept from request to request. */
  @FunctionalInterface
  interface ReadingWith<P> {

    void read(RequestBody body, HttpRecords records, P parser)
        throws IOException, OverloadedException, RefusedException, InterruptedException;
  }

  /** As above, with the configured stream fields and a reader that has read other requests. */
  static <P> HttpRecords.Result receive(
      HttpServletRequest request, Readers<P> readers, ReadingWith<P> reading)
      throws RefusedException, IOException, InterruptedException {
    Readers.Reader<P> reader = readers.take();
    InputContext context = readers.context();
    HttpRecords.Result result =
        receive(
            request,
            context,
            new HttpRecords(context, reader.sender()),
            (body, records) -> reading.read(body, records, reader.parser()));
    // After a failure it may hold half a request.
    readers.give(reader);
    return result;
  }

  /** As above, with the records of a request that begins. */
  static HttpRecords.Result receive(
      HttpServletRequest request, InputContext context, HttpRecords records, Reading reading)
      throws RefusedException, IOException, InterruptedException {
    try (records;
        RequestBody body = RequestBody.of(request)) {
      boolean read = false;
      try {
        reading.read(body, records);
        read = true;
      } finally {
        if (!read) {
          records.close();
          body.drain();
        }
      }
      context.metrics().addBytes(body.bytesRead());
      return records.finish();
    } catch (RefusedException ex) {
      // Nobody knows how many records there were; that nothing is lost in silence this will show.
      context.metrics().reject("malformed_body", 1);
      throw ex;
    } catch (OverloadedException ex) {
      throw overloaded(ex);
    } catch (OverloadedBodyException ex) {
      throw overloaded(ex.reason());
    } catch (BodyTooLargeException ex) {
      throw new RefusedException(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", 0, ex);
    } catch (TooSlowException ex) {
      context.metrics().note("slow_request", 1);
      throw new RefusedException(HttpStatus.REQUEST_TIMEOUT, "too_slow", 0, ex);
    } catch (UnsupportedEncodingException ex) {
      throw new RefusedException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unknown_encoding", 0, ex);
    } catch (StorageReadOnlyException ex) {
      throw new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, "storage_read_only", 10, ex);
    } catch (ZipException | EOFException | ZstdIOException | BadRequestException ex) {
      throw new RefusedException(HttpStatus.BAD_REQUEST, "malformed_body", 0, ex);
    }
  }

  private static RefusedException overloaded(OverloadedException ex) {
    return ex.isTooLarge()
        ? new RefusedException(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", 0, ex)
        : new RefusedException(HttpStatus.TOO_MANY_REQUESTS, "overloaded", 1, ex);
  }
}
