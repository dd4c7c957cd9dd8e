package io.logcaster.storage.opensearch;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/**
 * What OpenSearch and Elasticsearch do differently. The answer of a server's root says which one it
 * is.
 *
 * @param product its name
 * @param version its version
 * @param isElasticsearch whether it is not OpenSearch
 */
record SearchDialect(String product, String version, boolean isElasticsearch) {

  /** The oldest versions with points in time for searches, and with the media types used here. */
  private static final int OLDEST_ELASTICSEARCH = 8;

  private static final int OLDEST_OPENSEARCH = 2;

  /** Before the server was asked. */
  static final SearchDialect UNKNOWN = new SearchDialect("", "", false);

  /**
   * Reads the answer of the root.
   *
   * @throws IOException if it is not a server that the storage can use
   */
  static SearchDialect of(JsonNode root) throws IOException {
    String number = root.path("version").path("number").asString("");
    String distribution = root.path("version").path("distribution").asString("");
    int major;
    try {
      major = Integer.parseInt(number.substring(0, Math.max(0, number.indexOf('.'))));
    } catch (NumberFormatException ex) {
      throw new IOException("The server is neither OpenSearch nor Elasticsearch: " + root, ex);
    }
    if (distribution.equals("opensearch")) {
      if (major < OLDEST_OPENSEARCH) {
        throw new IOException("OpenSearch " + number + " is too old: LogCaster needs 2.4 or later");
      }
      return new SearchDialect("OpenSearch", number, false);
    }
    if (major < OLDEST_ELASTICSEARCH) {
      throw new IOException(
          "Elasticsearch "
              + number
              + " is too old: LogCaster needs 8 or later. If this is OpenSearch, remove its setting"
              + " compatibility.override_main_response_version");
    }
    return new SearchDialect("Elasticsearch", number, true);
  }

  /**
   * The media type of a body, which is also that of the answer. Elasticsearch is asked to
   * understand requests and to answer as version 8 does, so that nothing changes with its upgrade
   * to 9.
   *
   * @param subtype {@code json} or {@code x-ndjson}
   */
  String mediaType(String subtype) {
    return isElasticsearch
        ? "application/vnd.elasticsearch+" + subtype + ";compatible-with=8"
        : "application/" + subtype;
  }

  /** The path that opens a point in time, for POST. */
  String pointInTime(String index, String keepAlive) {
    return "/"
        + index
        + (isElasticsearch ? "/_pit" : "/_search/point_in_time")
        + "?keep_alive="
        + keepAlive;
  }

  /** The name of a point in time, in the answer to its opening. */
  String idOfPointInTime(JsonNode opened) {
    return opened.path(isElasticsearch ? "id" : "pit_id").asString();
  }

  /** The path that closes a point in time, for DELETE. */
  String closingPath() {
    return isElasticsearch ? "/_pit" : "/_search/point_in_time";
  }

  /** The body for {@link #closingPath}. */
  String closing(String id) {
    return isElasticsearch ? "{\"id\":\"" + id + "\"}" : "{\"pit_id\":[\"" + id + "\"]}";
  }

  @Override
  public String toString() {
    return product + " " + version;
  }
}
