package io.logcaster.ingest.http;

import io.logcaster.ingest.json.JsonParser;
import io.logcaster.ingest.json.NextElement;
import java.io.IOException;

/**
 * Reads a body of one JSON object, an array of objects or objects one after the other, over any
 * lines. What is malformed is rejected by its number, from 1, and costs nothing beside it. Not
 * thread-safe.
 */
final class JsonObjects {

  /** As much of a skipped text stays at hand as shows what stands before the next object. */
  private static final int CONTEXT = 16;

  private final BodyBuffer body;
  private final JsonParser parser;
  private final boolean gelf;
  private final HttpRecords records;
  private final NextElement next = new NextElement();

  /** Whether all of the body is at hand. */
  private boolean last;

  private long number;

  private JsonObjects(BodyBuffer body, JsonParser parser, boolean gelf, HttpRecords records) {
    this.body = body;
    this.parser = parser;
    this.gelf = gelf;
    this.records = records;
  }

  static void read(BodyBuffer body, JsonParser parser, boolean gelf, HttpRecords records)
      throws IOException, OverloadedException {
    new JsonObjects(body, parser, gelf, records).read();
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

  /** Takes or rejects the element at hand, or sees to it that more of it is. */
  private void element() throws IOException, OverloadedException {
    int at = body.from();
    String error = parser.parse(body.bytes(), at, body.end(), gelf, false);
    if (error == null) {
      body.used(parser.end());
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

  /** Skips what comes behind all that is at hand of a broken element. */
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

  /** Takes the beginning of an object that is too long, and skips the rest of it. */
  private void large(int from) throws IOException, OverloadedException {
    String error = parser.parse(body.bytes(), from, from + body.limit(), gelf, true);
    if (error == null) {
      records.writer().cut();
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
