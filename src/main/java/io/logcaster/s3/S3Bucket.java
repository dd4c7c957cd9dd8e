package io.logcaster.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a bucket. Files are sent and received without being held in memory. Every method
 * throws an {@link IOException} that says what the storage answered. Thread-safe.
 */
public final class S3Bucket implements AutoCloseable {

  /** The time for an answer to begin; the body may take as long as it needs. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private static final int MAX_ERROR = 16_384;

  private static final String EMPTY = AwsSignature.sha256(new byte[0]);

  /** Headers that the client sets itself. */
  private static final String HOST = "host";

  private static final Pattern CONTENTS =
      Pattern.compile("<Contents>(.*?)</Contents>", Pattern.DOTALL);

  private final S3Address address;
  private final AwsSignature signature;
  private final HttpClient client;

  public S3Bucket(S3Address address, AwsSignature signature) {
    this.address = address;
    this.signature = signature;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /**
   * An object in a list.
   *
   * @param modified when it was written; null if the storage does not say
   */
  public record Listed(String key, @Nullable Instant modified) {}

  /**
   * Creates or replaces an object.
   *
   * @param sha256 the hash of the body in hexadecimal, which the storage verifies
   */
  public void put(String key, Path file, String sha256) throws IOException {
    put(key, BodyPublishers.ofFile(file), sha256);
  }

  /** Creates or replaces an object. */
  public void put(String key, byte[] body) throws IOException {
    put(key, BodyPublishers.ofByteArray(body), AwsSignature.sha256(body));
  }

  private void put(String key, BodyPublisher body, String sha256) throws IOException {
    send("PUT", address.object(key, ""), body, sha256).body().close();
  }

  /**
   * Reads an object.
   *
   * @throws NoSuchFileException if there is no such object
   */
  public void get(String key, OutputStream target) throws IOException {
    try (InputStream body =
        send("GET", address.object(key, ""), BodyPublishers.noBody(), EMPTY).body()) {
      body.transferTo(target);
    }
  }

  /** Deletes an object; does nothing if there is none. */
  public void delete(String key) throws IOException {
    send("DELETE", address.object(key, ""), BodyPublishers.noBody(), EMPTY).body().close();
  }

  /** All objects whose keys begin with a prefix, in the order of their keys. */
  public List<Listed> list(String prefix) throws IOException {
    List<Listed> found = new ArrayList<>();
    String token = "";
    do {
      String query =
          (token.isEmpty() ? "" : "continuation-token=" + AwsSignature.encode(token, false) + "&")
              + "list-type=2&prefix="
              + AwsSignature.encode(prefix, false);
      String answer;
      try (InputStream body =
          send("GET", address.object("", query), BodyPublishers.noBody(), EMPTY).body()) {
        answer = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
      Matcher objects = CONTENTS.matcher(answer);
      while (objects.find()) {
        String key = element(objects.group(1), "Key");
        if (key != null) {
          found.add(new Listed(key, time(element(objects.group(1), "LastModified"))));
        }
      }
      String next = element(answer, "NextContinuationToken");
      token = (next != null) ? next : "";
    } while (!token.isEmpty());
    return found;
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return (text == null) ? null : Instant.parse(text);
    } catch (DateTimeParseException ex) {
      return null;
    }
  }

  private static @Nullable String element(String text, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(text);
    return matcher.find()
        ? matcher
            .group(1)
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
        : null;
  }

  private HttpResponse<InputStream> send(String method, URI uri, BodyPublisher body, String sha256)
      throws IOException {
    SortedMap<String, String> headers =
        signature.sign(method, uri, Map.of("x-amz-content-sha256", sha256), sha256);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).method(method, body);
    headers.forEach(
        (name, value) -> {
          if (!name.equals(HOST)) {
            request.header(name, value);
          }
        });
    HttpResponse<InputStream> answer;
    try {
      answer = client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for the object storage", ex);
    } catch (IOException ex) {
      throw new IOException(
          "The object storage " + address.endpoint() + " cannot be reached: " + ex, ex);
    }
    if (answer.statusCode() / 100 == 2) {
      return answer;
    }
    try (InputStream error = answer.body()) {
      String text = new String(error.readNBytes(MAX_ERROR), StandardCharsets.UTF_8);
      String code = element(text, "Code");
      String said =
          "The object storage answered %d%s to %s %s"
              .formatted(
                  answer.statusCode(), (code == null) ? "" : " " + code, method, uri.getPath());
      throw (answer.statusCode() == 404) ? new NoSuchFileException(said) : new IOException(said);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
