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

/** Takes the records of one request in, the same way for all protocols. */
final class RequestReceiver {

  private RequestReceiver() {}

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
   * @throws RefusedException if the request could not be taken, or not as a whole; the status says
   *     whether the sender may send it again
   */
  static HttpRecords.Result receive(
      HttpServletRequest request, InputContext context, List<String> streams, Reading reading)
      throws RefusedException, IOException, InterruptedException {
    return receive(request, context, new HttpRecords(context, streams), reading);
  }

  /** Reads records out of a body with a pooled parser. */
  @FunctionalInterface
  interface ReadingWith<P> {

    void read(RequestBody body, HttpRecords records, P parser)
        throws IOException, OverloadedException, RefusedException, InterruptedException;
  }

  /** As above, with the configured stream fields and a parser of a pool. */
  static <P> HttpRecords.Result receive(
      HttpServletRequest request, ParserPool<P> parsers, ReadingWith<P> reading)
      throws RefusedException, IOException, InterruptedException {
    ParserPool.PooledParser<P> pooled = parsers.take();
    InputContext context = parsers.context();
    HttpRecords.Result result =
        receive(
            request,
            context,
            new HttpRecords(context, pooled.submitter()),
            (body, records) -> reading.read(body, records, pooled.parser()));
    // Not after a failure, when it may hold half a request.
    parsers.giveBack(pooled);
    return result;
  }

  /** As above; the request's records are still empty. */
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
      // Counted once, because the number of records is unknown.
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
