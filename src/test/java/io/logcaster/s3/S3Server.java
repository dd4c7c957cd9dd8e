package io.logcaster.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object storage in memory with the interface of S3: puts objects, takes those that come in
 * parts, checks every signature against the request as it arrived, and fails when told to.
 */
public final class S3Server implements AutoCloseable {

  public static final String ACCESS_KEY = "AKIDTEST";

  public static final String SECRET_KEY = "secret/of+the test";

  private static final Pattern SIGNED = Pattern.compile("SignedHeaders=([^,]+), Signature=(.*)");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final HttpServer server;
  private final SortedMap<String, byte[]> objects = new TreeMap<>();
  private final Map<String, Map<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Map<String, String>> headers = new ConcurrentHashMap<>();
  private volatile @Nullable Supplier<@Nullable Failure> failures;
  private volatile long pauseMillis;
  private final AtomicLong sent = new AtomicLong();

  /**
   * How a request fails.
   *
   * @param status 0 to close the connection without an answer
   * @param done whether the request is carried out all the same
   */
  public record Failure(int status, String code, boolean done) {}

  public S3Server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Asked for each request; null for a good answer. */
  public void failing(@Nullable Supplier<@Nullable Failure> next) {
    failures = next;
  }

  public void slow(long millis) {
    pauseMillis = millis;
  }

  /** The objects by bucket and key. */
  public synchronized SortedMap<String, byte[]> objects() {
    return new TreeMap<>(objects);
  }

  /** Method and URI of every request. */
  public List<String> requests() {
    return requests;
  }

  /** The headers that an object came with. */
  public Map<String, String> headers(String name) {
    return headers.get(name);
  }

  /** The uploads that were neither completed nor given up. */
  public int uploads() {
    return uploads.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      if (pauseMillis > 0) {
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
      }
      Supplier<@Nullable Failure> next = failures;
      Failure failure = next == null ? null : next.get();
      if (failure != null && !failure.done()) {
        fail(exchange, failure);
        return;
      }
      String wrong = wrongSignature(exchange, body);
      if (wrong != null) {
        answer(exchange, 403, error(wrong, "The request is not signed right"));
        return;
      }
      if (exchange.getRequestMethod().equals("GET")) {
        read(exchange);
        return;
      }
      String answer = carryOut(exchange, body);
      if (failure != null) {
        fail(exchange, failure);
      } else {
        answer(exchange, 200, answer);
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fail(HttpExchange exchange, Failure failure) throws IOException {
    if (failure.status() > 0) {
      answer(exchange, failure.status(), error(failure.code(), "Told to fail"));
    }
  }

  private synchronized String carryOut(HttpExchange exchange, byte[] body) {
    URI uri = exchange.getRequestURI();
    String name = uri.getPath().substring(1);
    Map<String, String> query = query(uri);
    String upload = query.get("uploadId");
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        if (upload == null) {
          keep(exchange, name);
          objects.put(name, body);
        } else {
          uploads.get(upload).put(Integer.parseInt(query.get("partNumber")), body);
        }
        exchange.getResponseHeaders().add("ETag", "\"" + AwsSignature.sha256(body) + "\"");
      }
      case "POST" -> {
        if (upload == null) {
          keep(exchange, name);
          String id = "upload-" + requests.size();
          uploads.put(id, new TreeMap<>());
          return "<?xml version=\"1.0\"?><InitiateMultipartUploadResult><UploadId>"
              + id
              + "</UploadId></InitiateMultipartUploadResult>";
        }
        return complete(name, uploads.get(upload), body, upload);
      }
      default -> {
        if (upload == null) {
          objects.remove(name);
        } else {
          uploads.remove(upload);
        }
      }
    }
    return "";
  }

  private synchronized byte @Nullable [] object(String name) {
    return objects.get(name);
  }

  private void read(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    if (uri.getRawQuery() != null) {
      answer(exchange, 200, listing(uri.getPath().substring(1), query(uri)));
      return;
    }
    byte[] body = object(uri.getPath().substring(1));
    if (body == null) {
      answer(exchange, 404, error("NoSuchKey", "There is no such object"));
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int status = 200;
    if (range != null) {
      String[] ends = range.substring("bytes=".length()).split("-", 2);
      int from = Integer.parseInt(ends[0]);
      if (from >= body.length) {
        answer(exchange, 416, error("InvalidRange", "The object is shorter"));
        return;
      }
      body = Arrays.copyOfRange(body, from, Math.min(body.length, Integer.parseInt(ends[1]) + 1));
      status = 206;
    }
    sent.addAndGet(body.length);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Removes all objects. */
  public synchronized void clear() {
    objects.clear();
  }

  /** The bytes of objects that were sent so far. */
  public long sentBytes() {
    return sent.get();
  }

  /** Pages of three, so that every reader has to ask for the next. */
  private String listing(String path, Map<String, String> query) {
    String bucket = path.replaceFirst("/$", "");
    String prefix = bucket + "/" + query.get("prefix");
    String after = query.getOrDefault("continuation-token", "");
    List<String> keys =
        objects().keySet().stream()
            .filter((key) -> key.startsWith(prefix) && key.compareTo(after) > 0)
            .toList();
    StringBuilder answer = new StringBuilder("<ListBucketResult>");
    for (String key : keys.stream().limit(3).toList()) {
      answer
          .append("<Contents><Key>")
          .append(key.substring(bucket.length() + 1))
          .append("</Key><LastModified>2020-01-01T00:00:00.000Z</LastModified></Contents>");
    }
    if (keys.size() > 3) {
      answer
          .append("<IsTruncated>true</IsTruncated><NextContinuationToken>")
          .append(keys.get(2))
          .append("</NextContinuationToken>");
    }
    return answer.append("</ListBucketResult>").toString();
  }

  /** Replaces an object, or removes it, as damage in the storage would. */
  public synchronized void replace(String name, byte @Nullable [] body) {
    if (body == null) {
      objects.remove(name);
    } else {
      objects.put(name, body);
    }
  }

  private void keep(HttpExchange exchange, String name) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((key, values) -> all.put(key, values.getFirst()));
    headers.put(name, all);
  }

  private String complete(String name, Map<Integer, byte[]> parts, byte[] body, String upload) {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    List<String> marks = new ArrayList<>();
    for (Map.Entry<Integer, byte[]> part : parts.entrySet()) {
      object.writeBytes(part.getValue());
      marks.add(
          "<Part><PartNumber>%d</PartNumber><ETag>&quot;%s&quot;</ETag></Part>"
              .formatted(part.getKey(), AwsSignature.sha256(part.getValue())));
      boolean last = part.getKey() == parts.size();
      if (!last && part.getValue().length < 5 << 20) {
        return error("EntityTooSmall", "A part is too small");
      }
    }
    if (!new String(body, StandardCharsets.UTF_8).contains(String.join("", marks))) {
      return error("InvalidPart", "The marks are not those of the parts");
    }
    objects.put(name, object.toByteArray());
    uploads.remove(upload);
    return "<CompleteMultipartUploadResult/>";
  }

  private static String error(String code, String message) {
    return "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
        .formatted(code, message);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> all = new TreeMap<>();
    if (uri.getQuery() != null) {
      for (String argument : uri.getQuery().split("&", -1)) {
        String[] pair = argument.split("=", 2);
        all.put(pair[0], pair.length == 1 ? "" : pair[1]);
      }
    }
    return all;
  }

  /** The code of what is wrong with a signature; null if it is right. */
  private @Nullable String wrongSignature(HttpExchange exchange, byte[] body) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    String hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    if (given == null || !AwsSignature.sha256(body).equals(hash)) {
      return "XAmzContentSHA256Mismatch";
    }
    Matcher matcher = SIGNED.matcher(given);
    if (!matcher.find()) {
      return "AuthorizationHeaderMalformed";
    }
    Map<String, String> signed = new TreeMap<>();
    for (String name : matcher.group(1).split(";", -1)) {
      signed.put(name, exchange.getRequestHeaders().getFirst(name));
    }
    Instant time = TIME.parse(signed.get("x-amz-date"), Instant::from);
    URI asked = URI.create("http://" + signed.get("host") + exchange.getRequestURI());
    String right =
        new AwsSignature(
                ACCESS_KEY, SECRET_KEY, null, "us-east-1", "s3", Clock.fixed(time, ZoneOffset.UTC))
            .sign(exchange.getRequestMethod(), asked, signed, hash)
            .get("authorization");
    return right.equals(given) ? null : "SignatureDoesNotMatch";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
