package io.logcaster.nodes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The other LogCasters whose records belong to the answers of this one.
 *
 * @param urls Their addresses, such as http://logs-2:8080. Every node may have the same list: a
 *     node recognises itself.
 * @param tokenFile File that holds a token of scope node, which the nodes accept.
 * @param caFile File with the certificates that the nodes' certificates must be signed by, in PEM
 *     form; those that Java trusts if it is not set.
 * @param connectTimeout How long a connection to a node may take.
 * @param timeout How long a node may send nothing before its records are left out.
 */
@ConfigurationProperties("logcaster.nodes")
public record NodesProperties(
    @DefaultValue List<String> urls,
    @Nullable Path tokenFile,
    @Nullable Path caFile,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("10s") Duration timeout) {

  public NodesProperties {
    urls = List.copyOf(urls);
    addresses(urls);
    check("connect-timeout", connectTimeout);
    check("timeout", timeout);
  }

  private static void check(String name, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(
          "logcaster.nodes." + name + " is " + value + ", but must be at least 1ms");
    }
  }

  /** The addresses, each once, without a slash at the end. */
  List<URI> addresses() {
    return addresses(urls);
  }

  private static List<URI> addresses(List<String> urls) {
    Set<URI> addresses = new LinkedHashSet<>();
    for (String url : urls) {
      addresses.add(address("logcaster.nodes.urls", url.strip()));
    }
    return new ArrayList<>(addresses);
  }

  static URI address(String setting, String url) {
    URI uri;
    try {
      uri = URI.create(url.replaceFirst("/+$", ""));
    } catch (IllegalArgumentException ex) {
      throw new IllegalArgumentException(wrong(setting, url), ex);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(wrong(setting, url));
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          setting
              + " must not have user names or passwords; put a token into"
              + " logcaster.nodes.token-file");
    }
    return uri;
  }

  private static String wrong(String setting, String url) {
    return "%s has '%s', but needs addresses such as http://logs-2:8080".formatted(setting, url);
  }
}
