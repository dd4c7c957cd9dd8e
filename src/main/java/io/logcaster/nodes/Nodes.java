package io.logcaster.nodes;

import io.logcaster.system.TrustedCertificates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The other LogCasters that this one asks. Its client is created with the first call, so that a
 * server without nodes pays nothing. Thread-safe.
 */
public final class Nodes implements AutoCloseable {

  /** The header by which a node recognises its own requests; its value is {@link #id}. */
  public static final String CALLER = "X-LogCaster-Node";

  private final List<Node> nodes;

  private final NodesProperties properties;

  /** Identifies this process among the nodes. */
  private final String id = UUID.randomUUID().toString();

  private @Nullable HttpClient client;

  public Nodes(NodesProperties properties) {
    this.properties = properties;
    nodes = properties.addresses().stream().map(Node::new).toList();
  }

  /**
   * Another LogCaster.
   *
   * @param address where it answers, without a slash at the end
   */
  public record Node(URI address) {

    /** The name that people see. */
    public String name() {
      return address.toString();
    }
  }

  /** The other nodes, perhaps with this one among them; empty for a single server. */
  public List<Node> list() {
    return nodes;
  }

  /** Identifies this process: every answer names it, so that no node is counted twice. */
  public String id() {
    return id;
  }

  /** How long a node may send nothing. */
  public Duration timeout() {
    return properties.timeout();
  }

  /**
   * A request to a node, with the credentials.
   *
   * @param path begins with a slash
   * @throws IOException if the token cannot be read
   */
  public HttpRequest.Builder request(Node node, String path) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.address() + path))
            .timeout(properties.timeout())
            .header(CALLER, id);
    String token = token();
    return (token == null) ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Read each time, so that a token can be replaced without a restart. */
  private @Nullable String token() throws IOException {
    Path file = properties.tokenFile();
    if (file == null) {
      return null;
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException ex) {
      throw new IOException("logcaster.nodes.token-file cannot be read: " + ex, ex);
    }
  }

  /**
   * The client for requests to nodes.
   *
   * @throws IOException if the certificates cannot be read
   */
  public synchronized HttpClient client() throws IOException {
    HttpClient known = client;
    if (known == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(properties.connectTimeout())
              .followRedirects(HttpClient.Redirect.NEVER);
      Path file = properties.caFile();
      if (file != null) {
        try {
          builder.sslContext(TrustedCertificates.of(Files.readString(file)).context());
        } catch (IOException | GeneralSecurityException ex) {
          throw new IOException("logcaster.nodes.ca-file cannot be used: " + ex, ex);
        }
      }
      known = builder.build();
      client = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdownNow();
      client = null;
    }
  }
}
