package io.logcaster.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a bucket. Files are sent and received without being held in memory. Every method
 * throws an {@link IOException} that says what the storage answered. Thread-safe.
 */
public final class S3Bucket implements AutoCloseable {

  /** The time for an object to be sent and answered. */
  private static final Duration SEND_TIMEOUT = Duration.ofMinutes(5);

  /**
   * The time for a range to arrive: enough for some megabytes on a slow line. An object may take as
   * long as it needs, but no longer than this without another byte.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private static final int MAX_ERROR = 16_384;

  private static final String EMPTY = AwsSignature.sha256(new byte[0]);

  /** Headers that the client sets itself. */
  private static final String HOST = "host";

  private static final Pattern CONTENTS =
      Pattern.compile("<Contents>(.*?)</Contents>", Pattern.DOTALL);

  private final S3Address address;
  private final AwsSignature signature;
  private final Duration patience;
  private final HttpClient client;

  public S3Bucket(S3Address address, AwsSignature signature) {
    this(address, signature, TIMEOUT);
  }

  /**
   * Opens a bucket.
   *
   * @param patience how long a request may stand still
   */
  S3Bucket(S3Address address, AwsSignature signature, Duration patience) {
    this.address = address;
    this.signature = signature;
    this.patience = patience;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** The URL of the bucket, with a slash at its end. */
  public String place() {
    return address.object("", "").toString();
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
    receive(address.object(key, ""), target);
  }

  /** Receives the body of an answer, which may not stand still. */
  private void receive(URI uri, OutputStream target) throws IOException {
    Progress progress = new Progress(target);
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(
            request("GET", uri, BodyPublishers.noBody(), EMPTY).build(),
            (head) ->
                (head.statusCode() / 100 == 2)
                    ? BodySubscribers.mapping(
                        BodySubscribers.ofByteArrayConsumer(progress), (none) -> new byte[0])
                    : BodySubscribers.ofByteArray());
    HttpResponse<byte[]> answer = answer(pending, progress);
    if (answer.statusCode() / 100 != 2) {
      throw failure("GET", uri, answer.statusCode(), answer.body());
    }
  }

  /** Passes on what arrives until it is closed. */
  private static final class Progress implements Consumer<Optional<byte[]>> {

    private final OutputStream target;
    private boolean moved;
    private boolean closed;

    Progress(OutputStream target) {
      this.target = target;
    }

    @Override
    public synchronized void accept(Optional<byte[]> part) {
      if (part.isPresent() && !closed) {
        moved = true;
        try {
          target.write(part.get());
        } catch (IOException ex) {
          throw new UncheckedIOException(ex);
        }
      }
    }

    /** Whether something arrived since the last call; if not, nothing is passed on any more. */
    synchronized boolean hasMoved() {
      closed = !moved;
      moved = false;
      return !closed;
    }

    /** What comes from now on is not passed on. */
    synchronized void close() {
      closed = true;
    }
  }

  private HttpResponse<byte[]> answer(
      CompletableFuture<HttpResponse<byte[]>> pending, @Nullable Progress progress)
      throws IOException {
    try {
      while (true) {
        try {
          return pending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException ex) {
          if (progress == null || !progress.hasMoved()) {
            throw unreachable("no answer in " + patience.toSeconds() + " s", ex);
          }
        }
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for the object storage", ex);
    } catch (ExecutionException ex) {
      if (ex.getCause() instanceof UncheckedIOException failed) {
        throw failed.getCause();
      }
      throw unreachable(String.valueOf(ex.getCause()), ex);
    } finally {
      pending.cancel(true);
      if (progress != null) {
        progress.close();
      }
    }
  }

  /**
   * Reads a range of an object, in a time that is limited as a whole.
   *
   * @throws NoSuchFileException if there is no such object
   * @throws IOException also if the storage sends other bytes than the range
   */
  public byte[] get(String key, long from, int length) throws IOException {
    URI uri = address.object(key, "");
    HttpRequest request =
        request("GET", uri, BodyPublishers.noBody(), EMPTY)
            .header("Range", "bytes=" + from + "-" + (from + length - 1))
            .build();
    HttpResponse<byte[]> answer =
        answer(client.sendAsync(request, BodyHandlers.ofByteArray()), null);
    if (answer.statusCode() / 100 != 2) {
      throw failure("GET", uri, answer.statusCode(), answer.body());
    }
    byte[] body = answer.body();
    if (answer.statusCode() == 200 && body.length > length) {
      // A storage may ignore the range and send the whole object.
      if (body.length < from + length) {
        throw new IOException("The object " + key + " ends at byte " + body.length);
      }
      return Arrays.copyOfRange(body, (int) from, (int) from + length);
    }
    if (body.length != length || (answer.statusCode() == 200 && from > 0)) {
      throw new IOException(
          "The object storage sent %d instead of %d bytes of %s from byte %d"
              .formatted(body.length, length, key, from));
    }
    return body;
  }

  private S3UnreachableException unreachable(String why, Exception cause) {
    return new S3UnreachableException(
        "The object storage " + address.endpoint() + " cannot be reached: " + why, cause);
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
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      receive(address.object("", query), body);
      String answer = body.toString(StandardCharsets.UTF_8);
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

  private HttpRequest.Builder request(String method, URI uri, BodyPublisher body, String sha256) {
    SortedMap<String, String> headers =
        signature.sign(method, uri, Map.of("x-amz-content-sha256", sha256), sha256);
    Duration timeout = method.equals("PUT") ? SEND_TIMEOUT : patience;
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout).method(method, body);
    headers.forEach(
        (name, value) -> {
          if (!name.equals(HOST)) {
            request.header(name, value);
          }
        });
    return request;
  }

  private HttpResponse<InputStream> send(String method, URI uri, BodyPublisher body, String sha256)
      throws IOException {
    HttpResponse<InputStream> answer;
    try {
      answer =
          client.send(request(method, uri, body, sha256).build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for the object storage", ex);
    } catch (IOException ex) {
      throw unreachable(ex.toString(), ex);
    }
    if (answer.statusCode() / 100 == 2) {
      return answer;
    }
    try (InputStream error = answer.body()) {
      throw failure(method, uri, answer.statusCode(), error.readNBytes(MAX_ERROR));
    }
  }

  private static IOException failure(String method, URI uri, int status, byte[] body) {
    String text = new String(body, 0, Math.min(body.length, MAX_ERROR), StandardCharsets.UTF_8);
    String code = element(text, "Code");
    String said =
        "The object storage answered %d%s to %s %s%s"
            .formatted(
                status, (code == null) ? "" : " " + code, method, uri.getPath(), remedy(code));
    return switch (status) {
      // A bucket that is gone says nothing about its objects.
      case 404 ->
          "NoSuchBucket".equals(code)
              ? new S3RefusedException(said)
              : new NoSuchFileException(said);
      case 400, 401, 403, 405, 416 -> new S3RefusedException(said);
      default -> new IOException(said);
    };
  }

  /** What to do about an error, as the end of a sentence. */
  private static String remedy(@Nullable String code) {
    return switch (code) {
      case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
          ": check the access key and the secret key";
      case "AccessDenied" -> ": the keys lack the right to do that, or the bucket is another's";
      case "ExpiredToken", "InvalidToken" -> ": the session token is no longer valid";
      case "RequestTimeTooSkewed" ->
          ": the clocks of this machine and of the storage differ too much; set this one right";
      case "NoSuchBucket" -> ": there is no such bucket; create it, or check its name";
      case "AuthorizationHeaderMalformed", "PermanentRedirect" -> ": check the region";
      case null, default -> "";
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
