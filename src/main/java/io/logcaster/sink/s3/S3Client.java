package io.logcaster.sink.s3;

import io.logcaster.s3.AwsSignature;
import io.logcaster.s3.S3Address;
import io.logcaster.sink.SinkException;
import io.logcaster.system.AddressGuard;
import io.logcaster.system.GuardedHttp;
import io.logcaster.system.Printable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The four requests that an archive needs of an object storage: put an object, and start, fill and
 * complete one that comes in parts. Not thread-safe.
 */
final class S3Client implements AutoCloseable {

  /** Errors and the names of uploads are short. */
  private static final int MAX_ANSWER = 16_384;

  private static final int MAX_SHOWN = 200;

  private static final byte[] NOTHING = {};

  private final GuardedHttp http;
  private final S3Address address;
  private final AwsSignature signature;
  private final Clock clock;

  S3Client(
      S3Address address,
      AwsSignature signature,
      AddressGuard guard,
      Duration timeout,
      Clock clock) {
    this.address = address;
    this.signature = signature;
    this.clock = clock;
    // One at a time: a sink waits for each answer.
    this.http = GuardedHttp.keepingOneConnection(guard, timeout, MAX_ANSWER);
  }

  static S3Client open(S3Options options, AddressGuard guard, Duration timeout, Clock clock) {
    return new S3Client(options.address(), options.signature(clock), guard, timeout, clock);
  }

  /** The beginning of an answer. */
  private record Answer(GuardedHttp.Answer http, String text) {

    /** The text of the first element with a name; null if there is none. */
    @Nullable String element(String name) {
      Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(text);
      return matcher.find() ? unescaped(matcher.group(1)) : null;
    }

    private static String unescaped(String text) {
      return text.replace("&quot;", "\"")
          .replace("&lt;", "<")
          .replace("&gt;", ">")
          .replace("&amp;", "&");
    }
  }

  /** Creates or replaces an object. */
  void put(String key, byte[] body, Map<String, String> headers) throws SinkException {
    send("PUT", address.object(key, ""), headers, body);
  }

  /**
   * Starts an object that comes in parts.
   *
   * @return the name of the upload
   */
  String start(String key, Map<String, String> headers) throws SinkException {
    Answer answer = send("POST", address.object(key, "uploads="), headers, NOTHING);
    String upload = answer.element("UploadId");
    if (upload == null) {
      throw SinkException.temporary("The storage did not name the upload that it started", null);
    }
    return upload;
  }

  /**
   * Sends a part.
   *
   * @param number from 1
   * @return the mark of the part, for {@link #complete}
   */
  String part(String key, String upload, int number, byte[] body) throws SinkException {
    String query = "partNumber=" + number + "&uploadId=" + AwsSignature.encode(upload, false);
    String etag = send("PUT", address.object(key, query), Map.of(), body).http().header("ETag");
    if (etag == null) {
      throw SinkException.temporary("The storage took a part and answered without ETag", null);
    }
    return etag;
  }

  /** Makes an object of its parts. */
  void complete(String key, String upload, List<String> marks) throws SinkException {
    StringBuilder body = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < marks.size(); i++) {
      body.append(
          "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>"
              .formatted(i + 1, escaped(marks.get(i))));
    }
    body.append("</CompleteMultipartUpload>");
    Answer answer =
        send(
            "POST",
            address.object(key, "uploadId=" + AwsSignature.encode(upload, false)),
            Map.of("content-type", "application/xml"),
            body.toString().getBytes(StandardCharsets.UTF_8));
    // The storage answers 200 before it starts, and may fail after that.
    if (answer.element("Code") != null) {
      throw refusal(answer);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** Gives an upload up, so that its parts are not paid for. */
  void abort(String key, String upload) throws SinkException {
    send(
        "DELETE",
        address.object(key, "uploadId=" + AwsSignature.encode(upload, false)),
        Map.of(),
        NOTHING);
  }

  private Answer send(String method, URI uri, Map<String, String> headers, byte[] body)
      throws SinkException {
    String hash = AwsSignature.sha256(body);
    SortedMap<String, String> all = signature.sign(method, uri, with(headers, hash), hash);
    Answer answer;
    try {
      GuardedHttp.Answer sent = http.send(method, uri, all, body, body.length);
      answer = new Answer(sent, sent.text());
    } catch (IOException ex) {
      throw SinkException.temporary(String.valueOf(ex.getMessage()), ex);
    }
    if (!answer.http().isSuccess()) {
      throw refusal(answer);
    }
    return answer;
  }

  private static SortedMap<String, String> with(Map<String, String> headers, String hash) {
    SortedMap<String, String> all = new TreeMap<>(headers);
    all.put("x-amz-content-sha256", hash);
    return all;
  }

  /** No answer is about the records: whatever it is, they are kept until somebody mends it. */
  private SinkException refusal(Answer answer) {
    String code = answer.element("Code");
    String message = answer.element("Message");
    String said =
        (code == null)
            ? Printable.line(answer.text().strip())
            : code + (message == null ? "" : ": " + Printable.line(message));
    said = said.length() > MAX_SHOWN ? said.substring(0, MAX_SHOWN) + "…" : said;
    return SinkException.busy(
        "The storage answered %d%s"
            .formatted(answer.http().status(), said.isEmpty() ? "" : ": " + said),
        answer.http().retryAfter(clock));
  }

  @Override
  public void close() {
    http.close();
  }
}
