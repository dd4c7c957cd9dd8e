package io.logcaster.storage.opensearch;

import io.logcaster.record.Field;
import io.logcaster.record.Tokens;
import java.util.Map;
import java.util.Set;

/**
 * The data stream of the records and its documents. A record is a document:
 *
 * <pre>
 * @timestamp        its time, with nanoseconds
 * message           the message; absent if empty
 * level, host, app  the fields of these names
 * pairs             every other field, as {@code name=value}
 * names             the names of those other fields
 * rest              what cannot be in a term of the index, an object that is not indexed: values
 *                   of {@link #MAX_VALUE} bytes and more, and fields whose names have a {@code =}
 * long              the names of what is in {@code rest}
 * stream            the canonical text of the stream
 * stream_id         its identity
 * severity          the severity number; absent if unknown
 * n                 the number of the record, which no other record has; also the document's id,
 *                   as 16 hexadecimal digits, so that a repeated request stores nothing twice
 * sender            the client that counts its deliveries; absent for others
 * </pre>
 *
 * <p>The mapping has these few fields only, whatever senders send: the fields of records share the
 * keyword field {@code pairs}. {@code message} is split into words by the rule of {@link Tokens},
 * which is written into the index as a list of ranges, so that the words of a query are found
 * independently of the Unicode version of the server. What
 * stands between two words is a token, too, unless it is a single space: so adjacent tokens are
 * exactly the text of a phrase, and phrases can be counted without reading their messages.
 *
 * <p>Numbers of records are given out by {@link MarkIndex}. After a connection failed in the middle
 * of a request, the request is repeated with the same ids. What the first one stored is answered
 * with 409 then, unless a rollover lay between the two; that is why only this storage rolls over,
 * and never during a request.
 */
final class RecordIndex {

  static final String TIME = "@timestamp";
  static final String MESSAGE = "message";
  static final String PAIRS = "pairs";
  static final String NAMES = "names";
  static final String REST = "rest";
  static final String LONG = "long";
  static final String STREAM = "stream";
  static final String STREAM_ID = "stream_id";
  static final String SEVERITY = "severity";
  static final String NUMBER = "n";
  static final String SENDER = "sender";

  /** Fields of records with a field of their own in the index: those that are asked most often. */
  static final Set<String> COLUMNS = Set.of(Field.LEVEL, "host", "app");

  /** Keyword fields by the field that a query names. */
  static final Map<String, String> KEYWORDS =
      Map.of(
          Field.LEVEL,
          Field.LEVEL,
          "host",
          "host",
          "app",
          "app",
          Field.STREAM,
          STREAM,
          Field.STREAM_ID,
          STREAM_ID);

  /**
   * From this many bytes on, a value is not in the index. Lucene's terms may have 32,766 bytes;
   * shorter ones keep the dictionary small, and longer ones are hardly ever searched as a whole.
   */
  static final int MAX_VALUE = 1024;

  /** Words are cut here in the index; 200 characters have at most 800 bytes. */
  static final int MAX_WORD = 200;

  /** The version of the mapping, in its metadata. */
  static final int VERSION = 1;

  private RecordIndex() {}

  /** Whether a field is found in the index at all. */
  static boolean isIndexed(String name) {
    return name.indexOf('=') < 0;
  }

  /** The index template. */
  static String template(OpenSearchOptions options) {
    String keyword = "{\"type\":\"keyword\",\"ignore_above\":" + MAX_VALUE + "}";
    return """
    {"index_patterns":["%1$s"],"data_stream":{},"priority":500,
     "_meta":{"managed_by":"LogCaster","version":%2$d},
     "template":{
      "settings":{
       "index.number_of_shards":%3$d,"index.number_of_replicas":%4$d,
       "index.codec":"best_compression",
       "analysis":{
        "analyzer":{"words":{"type":"custom","tokenizer":"words","filter":["cut"]}},
        "tokenizer":{"words":{"type":"simple_pattern","pattern":%5$s}},
        "filter":{"cut":{"type":"truncate","length":%6$d}}}},
      "mappings":{"dynamic":false,"_meta":{"logcaster":%2$d},"properties":{
       "@timestamp":{"type":"date_nanos"},
       "message":{"type":"text","analyzer":"words","norms":false},
       "level":%7$s,"host":%7$s,"app":%7$s,
       "pairs":{"type":"keyword"},"names":{"type":"keyword"},
       "long":{"type":"keyword"},
       "rest":{"type":"object","enabled":false},
       "stream":%7$s,"stream_id":%7$s,
       "severity":{"type":"byte","index":false,"doc_values":false},
       "n":{"type":"long"},
       "sender":{"type":"keyword"}}}}}
    """
        .formatted(
            options.records(),
            VERSION,
            options.shards(),
            options.replicas(),
            Dsl.text(tokens()),
            MAX_WORD,
            keyword);
  }

  /** A word, or what stands between two words unless it is one space. */
  private static String tokens() {
    String word = wordRanges();
    return "[%1$s]+| [^%1$s]+|[^%1$s ][^%1$s]*".formatted(word);
  }

  /** The characters of words, as ranges of a regular expression. */
  private static String wordRanges() {
    StringBuilder ranges = new StringBuilder();
    int at = 0;
    while (at <= Character.MAX_CODE_POINT) {
      int start = at;
      while (at <= Character.MAX_CODE_POINT && Tokens.isWord(at)) {
        at++;
      }
      if (at > start) {
        ranges.appendCodePoint(start);
        if (at > start + 1) {
          ranges.append('-').appendCodePoint(at - 1);
        }
      }
      at++;
    }
    return ranges.toString();
  }
}
