package io.logcaster.storage.config;

import io.logcaster.storage.opensearch.OpenSearchOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The cluster of the record storage {@code opensearch}.
 *
 * @param urls its nodes; the next one is asked where a connection fails
 * @param user the user name
 * @param passwordFile a file that holds the password, or, without a user, an API key
 * @param caFile a PEM file with the certificates to trust instead of the platform's
 * @param prefix the beginning of the names of everything that is created there
 * @param shards the primary shards of each new index
 * @param replicas the copies of each shard
 * @param writers how many bulk requests may be under way at once
 * @param timeout the time limit of a request
 * @param rolloverSize a new index begins when the current one is this large, and every day
 */
record OpenSearchProperties(
    @DefaultValue("http://127.0.0.1:9200") List<URI> urls,
    @Nullable String user,
    @Nullable Path passwordFile,
    @Nullable Path caFile,
    @DefaultValue("logcaster") String prefix,
    @DefaultValue("1") int shards,
    @DefaultValue("1") int replicas,
    @DefaultValue("2") int writers,
    @DefaultValue("60s") Duration timeout,
    @DefaultValue("30GB") DataSize rolloverSize) {

  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  OpenSearchProperties {
    urls = List.copyOf(urls);
    for (URI url : urls) {
      String scheme = String.valueOf(url.getScheme());
      check(
          (scheme.equals("http") || scheme.equals("https"))
              && url.getHost() != null
              && url.getUserInfo() == null,
          "urls has " + url + ", but each must be like https://host:9200, without a password");
    }
    check(!urls.isEmpty(), "urls is empty, but must name a node");
    check(
        PREFIX.matcher(prefix).matches(),
        "prefix is "
            + prefix
            + ", but must consist of small letters, digits, dots, hyphens and underscores");
    check(shards >= 1 && shards <= 1024, "shards is " + shards + ", but must be 1 to 1024");
    check(replicas >= 0 && replicas <= 10, "replicas is " + replicas + ", but must be 0 to 10");
    check(writers >= 1 && writers <= 64, "writers is " + writers + ", but must be 1 to 64");
    check(
        timeout.compareTo(Duration.ofSeconds(1)) >= 0,
        "timeout is " + timeout + ", but must be at least 1s");
    check(
        rolloverSize.toBytes() > 0,
        "rollover-size is " + rolloverSize + ", but must be more than nothing");
    check(
        user == null || passwordFile != null,
        "user is set, but the file with its password is not: set"
            + " logcaster.storage.opensearch.password-file");
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException("logcaster.storage.opensearch." + message);
    }
  }

  OpenSearchOptions options() {
    return new OpenSearchOptions(
        urls,
        user,
        passwordFile,
        caFile,
        prefix,
        shards,
        replicas,
        writers,
        timeout,
        rolloverSize.toBytes());
  }
}
