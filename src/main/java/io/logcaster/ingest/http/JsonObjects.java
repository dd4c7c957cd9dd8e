package io.logcaster.ingest.http;

import io.logcaster.ingest.json.JsonNames;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.ingest.json.NextElement;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;

/**
 * Reads a body of one JSON object, an array of objects or concatenated objects, over any lines. A
 * malformed element is rejected by its number, from 1, and costs no other. Not thread-safe.
 */
final class JsonObjects {

  /** How much of a skipped text is kept, to see what stands before the next object. */
  private static final int CONTEXT = 16;

  private final BodyBuffer body;
  private final JsonParser parser;
  private final boolean gelf;
  private final HttpRecords records;
  private final Runnable completion;
  private final NextElement next = new NextElement();

  /** Whether the rest of the body is in the buffer. */
  private boolean last;

  private long number;

  private JsonObjects(
      BodyBuffer body, JsonParser parser, boolean gelf, HttpRecords records, Runnable completion) {
    this.body = body;
    this.completion = completion;
    this.parser = parser;
    this.gelf = gelf;
    this.records = records;
  }

  /**
   * Takes in a request whose body is nothing but objects.
   *
   * @param gelf whether they are GELF
   * @param ifNone the reason given to the sender of a body without objects
   * @throws RefusedException if no object could be taken
   */
  static HttpRecords.Result receive(
      HttpServletRequest request, HttpInput input, int maxRecordSize, boolean gelf, String ifNone)
      throws RefusedException, IOException, InterruptedException {
    HttpRecords.Result result =
        RequestReceiver.receive(
            request,
            input.context(),
            List.of(),
            (body, records) ->
                read(
                    BodyBuffer.ofObjects(body.text(), maxRecordSize),
                    new JsonParser(records.writer(), JsonNames.DEFAULT, maxRecordSize),
                    gelf,
                    records));
    if (result.accepted() == 0) {
      throw new RefusedException(
          result.errors().isEmpty() ? ifNone : result.errors().getFirst().reason());
    }
    return result;
  }

  static void read(BodyBuffer body, JsonParser parser, boolean gelf, HttpRecords records)
      throws IOException, OverloadedException {
    new JsonObjects(body, parser, gelf, records, () -> {}).read();
  }

  /**
   * Reads objects that are not GELF.
   *
   * @param completion adds to each record before it ends
   */
  static void read(BodyBuffer body, JsonParser parser, HttpRecords records, Runnable completion)
      throws IOException, OverloadedException {
    new JsonObjects(body, parser, false, records, completion).read();
  }

  private void read() throws IOException, OverloadedException {
    while (true) {
      body.used(LineBodies.skipBetween(body.bytes(), body.from(), body.end()));
      if (body.from() < body.end()) {
        element();
      } else if (last || !more()) {
        return;
      }
    }
  }

  private boolean more() throws IOException {
    last = !body.more();
    return !last;
  }

  /** Takes or rejects the next element, or reads more of it. */
  private void element() throws IOException, OverloadedException {
    int at = body.from();
    String error = parser.parse(body.bytes(), at, body.end(), gelf, false);
    if (error == null) {
      body.used(parser.end());
      completion.run();
      records.end(++number);
      return;
    }
    if (parser.needsMore() && body.isBeyondLimit()) {
      large(at);
      return;
    }
    int found =
        (parser.needsMore() && !last)
            ? NextElement.MORE
            : next.find(parser, body.bytes(), at, body.end(), last);
    if (found == NextElement.MORE && !body.isBeyondLimit()) {
      records.writer().builder().rollback();
      more();
      return;
    }
    records.reject(++number, error);
    if (found >= 0 && found < body.end()) {
      body.used(found);
    } else {
      skipBroken();
    }
  }

  /** Skips a broken element beyond the buffer. */
  private void skipBroken() throws IOException {
    int found = body.end();
    while (found == body.end()) {
      body.used(Math.max(body.from(), body.end() - CONTEXT));
      if (last || !more()) {
        body.used(body.end());
        return;
      }
      found = next.findOn(body.bytes(), body.from(), body.end());
    }
    body.used(found);
  }

  /** Takes the beginning of an object above the limit and skips its rest. */
  private void large(int from) throws IOException, OverloadedException {
    String error = parser.parse(body.bytes(), from, from + body.limit(), gelf, true);
    if (error == null) {
      records.writer().cut();
      completion.run();
      records.end(++number);
    } else {
      records.reject(++number, error);
    }
    next.beginSkipping();
    int found = next.skip(body.bytes(), body.from(), body.end());
    while (found == NextElement.MORE) {
      body.used(body.end());
      if (!more()) {
        return;
      }
      found = next.skip(body.bytes(), body.from(), body.end());
    }
    body.used(found);
  }
}
