package io.logcaster.storage.opensearch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a cluster and what to create in it.
 *
 * @param urls its nodes, each {@code http://host:9200} or {@code https://…}
 * @param user the name for basic authentication; null for none
 * @param passwordFile holds the password of the user, or, without a user, an API key
 * @param caFile a PEM file with the certificates to trust; null for those of the Java platform
 * @param prefix begins the names of everything that is created
 * @param shards the primary shards of each new index
 * @param replicas the copies of each shard
 * @param writers how many bulk requests may be under way at once
 * @param timeout the time after which a request has failed
 * @param rolloverSize a new index begins when the current one has reached this size in bytes
 */
public record OpenSearchOptions(
    List<URI> urls,
    @Nullable String user,
    @Nullable Path passwordFile,
    @Nullable Path caFile,
    String prefix,
    int shards,
    int replicas,
    int writers,
    Duration timeout,
    long rolloverSize) {

  private static final long ROLLOVER_SIZE = 30L << 30;

  public OpenSearchOptions {
    urls = List.copyOf(urls);
  }

  /** Defaults for a node. */
  public static OpenSearchOptions of(URI url) {
    return new OpenSearchOptions(
        List.of(url),
        null,
        null,
        null,
        "logcaster",
        1,
        1,
        2,
        Duration.ofSeconds(60),
        ROLLOVER_SIZE);
  }

  /** A copy with another prefix. */
  OpenSearchOptions withPrefix(String prefix) {
    return new OpenSearchOptions(
        urls, user, passwordFile, caFile, prefix, shards, replicas, writers, timeout, rolloverSize);
  }

  /** A copy with another number of copies of each shard. */
  OpenSearchOptions withReplicas(int replicas) {
    return new OpenSearchOptions(
        urls, user, passwordFile, caFile, prefix, shards, replicas, writers, timeout, rolloverSize);
  }

  /** The data stream of the records. */
  String records() {
    return prefix + "-records";
  }

  /** The index of delivery marks. */
  String marks() {
    return prefix + "-marks";
  }
}
