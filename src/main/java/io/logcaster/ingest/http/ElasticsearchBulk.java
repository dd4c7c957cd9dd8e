package io.logcaster.ingest.http;

import io.logcaster.ingest.json.JsonParser;
import io.logcaster.record.ByteBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of Elasticsearch's {@code _bulk}, an action and its document on two lines, and
 * writes one item of the answer for each action. Only {@code create} and {@code index} add records;
 * others are answered as errors, and so are lines where an action should be, with the document
 * behind them. Not thread-safe.
 */
final class ElasticsearchBulk {

  private static final JsonMapper JSON = new JsonMapper();

  /** Ids of records whose senders gave none: unique for this process is unique enough. */
  private static final AtomicLong LAST_ID = new AtomicLong(System.nanoTime());

  /** The action in the answer to a line that is no action. */
  private static final Action NO_ACTION = new Action("index", "", "");

  private static final String WHOLE_ITEM =
      ",\"_type\":\"_doc\",\"_version\":1,\"result\":\"created\","
          + ElasticsearchAnswers.SHARDS
          + ",\"_seq_no\":0,\"_primary_term\":1}}";

  private final HttpRecords records;
  private final JsonParser parser;
  private final String defaultIndex;
  private final ByteBuilder items = new ByteBuilder(1 << 10);

  /** The rest of an item, after the id, for a stored document. */
  private final byte[] stored;

  private boolean errors;
  private int count;

  /** The action line that was read last, because most are the same as the one before. */
  private byte[] lastAction = {};

  private Action action = NO_ACTION;

  /** Why the last line is not an action. */
  private String problem = "";

  /** The first line that is not an action, or has no document; null for none. */
  private @Nullable String malformed;

  /** What an action line says. */
  private static final class Action {

    final String name;

    /** The beginning of its item in the answer, up to the id. */
    final byte[] head;

    /** The id as JSON; empty if the client gave none. */
    final byte[] id;

    Action(String name, String index, String id) {
      this.name = name;
      this.head =
          utf8("{\"%s\":{\"_index\":%s,\"_id\":".formatted(name, JSON.writeValueAsString(index)));
      this.id = utf8(id.isEmpty() ? "" : JSON.writeValueAsString(id));
    }
  }

  /**
   * @param parser fills the writer of the records
   * @param defaultIndex the index in the path; empty if there is none
   * @param whole whether items are to say more than index, id and status
   */
  ElasticsearchBulk(HttpRecords records, JsonParser parser, String defaultIndex, boolean whole) {
    this.stored = utf8(",\"status\":201" + (whole ? WHOLE_ITEM : "}}"));
    this.records = records;
    this.parser = parser;
    this.defaultIndex = defaultIndex.isEmpty() ? "logs" : defaultIndex;
  }

  /** Whether an item of the answer is an error. */
  boolean hasErrors() {
    return errors;
  }

  /** How many actions were read. */
  int count() {
    return count;
  }

  /** The items of the answer, without the brackets around them. */
  byte[] items() {
    return items.toByteArray();
  }

  /** Reads a body; throws where nothing in it is an action with a document. */
  void read(BodyBuffer body) throws IOException, OverloadedException, RefusedException {
    boolean more = nextFilledLine(body);
    while (more) {
      Action action = action(body);
      if (action == null) {
        more = afterMalformed(body);
        continue;
      }
      if (action.name.equals("delete")) {
        refuse(action, body.line(), "records cannot be deleted here");
      } else if (!body.nextLine()) {
        refuse(action, body.line(), "The last action has no document.");
      } else if (action.name.equals("update")) {
        refuse(action, body.line(), "records cannot be updated");
      } else {
        count++;
        document(body, action);
      }
      more = nextFilledLine(body);
    }
    if (count == 0 && malformed != null) {
      throw new RefusedException(malformed);
    }
  }

  /** Rejects a line that should be an action, and moves to the next action. */
  private boolean afterMalformed(BodyBuffer body) throws IOException {
    String reason = "Malformed action/metadata line [%d], %s".formatted(body.line(), problem);
    malformed = (malformed == null) ? reason : malformed;
    records.reject(body.line(), reason);
    fail(NO_ACTION, "illegal_argument_exception", reason);
    if (!nextFilledLine(body)) {
      return false;
    }
    // A document should follow, because this line was meant as an action, but it may be missing.
    return action(body) != null || nextFilledLine(body);
  }

  private void refuse(Action action, long line, String reason) {
    malformed = (malformed == null) ? reason : malformed;
    records.reject(line, reason);
    fail(action, "illegal_argument_exception", reason);
  }

  private static boolean nextFilledLine(BodyBuffer body) throws IOException {
    while (body.nextLine()) {
      if (body.to() > body.from()) {
        return true;
      }
    }
    return false;
  }

  /** The action of the current line; null if it is not an action, see {@link #problem}. */
  private @Nullable Action action(BodyBuffer body) {
    byte[] bytes = body.bytes();
    int from = body.from();
    int to = body.to();
    if (!Arrays.equals(bytes, from, to, lastAction, 0, lastAction.length)) {
      Action other = null;
      try {
        other = parse(JSON.readTree(bytes, from, to - from));
      } catch (JacksonException ex) {
        problem = "expected an object";
      }
      if (other == null) {
        return null;
      }
      action = other;
      lastAction = Arrays.copyOfRange(bytes, from, to);
    }
    return action;
  }

  private @Nullable Action parse(JsonNode line) {
    if (!line.isObject() || line.isEmpty()) {
      problem = "expected an action";
      return null;
    }
    // Some clients write properties of their own after the action.
    String name = line.propertyNames().iterator().next();
    switch (name) {
      case "create", "index", "update", "delete" -> {}
      default -> {
        problem = "expected create or index but found [%s]".formatted(name);
        return null;
      }
    }
    JsonNode given = line.get(name);
    return new Action(
        name, given.path("_index").asString(defaultIndex), given.path("_id").asString(""));
  }

  private void document(BodyBuffer body, Action action) throws OverloadedException {
    @Nullable String error =
        parser.parse(body.bytes(), body.from(), body.to(), false, body.isCut());
    if (error == null && !body.isCut() && !endsAt(body)) {
      error = "json: text after the object";
    }
    if (error == null) {
      if (body.isCut()) {
        records.writer().cut();
      }
      error = records.end(body.line());
    } else {
      records.reject(body.line(), error);
    }
    if (error == null) {
      item(action);
      items.append(stored);
    } else {
      fail(action, "mapper_parsing_exception", error);
    }
  }

  private boolean endsAt(BodyBuffer body) {
    return parser.skipSpace(body.bytes(), parser.end(), body.to()) == body.to();
  }

  private void fail(Action action, String type, String reason) {
    errors = true;
    item(action);
    items
        .append(",\"status\":400,\"error\":{\"type\":\"")
        .append(type)
        .append("\",\"reason\":")
        .append(JSON.writeValueAsString(reason))
        .append("}}}");
  }

  /** Begins an item of the answer with its index and id. */
  private void item(Action action) {
    if (items.length() > 0) {
      items.append(',');
    }
    items.append(action.head);
    if (action.id.length > 0) {
      items.append(action.id);
    } else {
      items.append('"').append(nextId()).append('"');
    }
  }

  private static long nextId() {
    return LAST_ID.incrementAndGet() & Long.MAX_VALUE;
  }

  static String newId() {
    return Long.toString(nextId());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
