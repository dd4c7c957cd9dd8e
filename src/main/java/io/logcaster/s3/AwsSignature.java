package io.logcaster.s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests as the Signature Version 4 of AWS asks, in headers. The signature covers the
 * method, the path, the query, all given headers and the hash of the body, so that no one on the
 * way can change any of them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed AWS API request</a>
 */
public final class AwsSignature {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private final String accessKey;
  private final String secretKey;
  private final @Nullable String sessionToken;
  private final String region;
  private final String service;
  private final Clock clock;

  /** The key of the day {@link #keyDay}, which four hashes derive from the secret. */
  private byte @Nullable [] key;

  private String keyDay = "";

  /**
   * @param sessionToken of temporary credentials; null for permanent ones
   * @param service the name of the service, such as {@code s3}
   */
  public AwsSignature(
      String accessKey,
      String secretKey,
      @Nullable String sessionToken,
      String region,
      String service,
      Clock clock) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.sessionToken = sessionToken;
    this.region = region;
    this.service = service;
    this.clock = clock;
  }

  /**
   * The headers that a request must carry, those given included.
   *
   * @param uri with an encoded path and query
   * @param headers further headers to sign
   * @param hash the SHA-256 of the body in hexadecimal
   */
  public SortedMap<String, String> sign(
      String method, URI uri, Map<String, String> headers, String hash) {
    String time = TIME.format(clock.instant());
    SortedMap<String, String> all = new TreeMap<>();
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value.strip()));
    all.put("host", host(uri));
    all.put("x-amz-date", time);
    if (sessionToken != null) {
      all.put("x-amz-security-token", sessionToken);
    }
    String names = String.join(";", all.keySet());
    String request =
        String.join(
            "\n",
            method,
            uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
            query(uri),
            all.entrySet().stream()
                .map((header) -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining()),
            names,
            hash);
    String day = time.substring(0, 8);
    String scope = day + "/" + region + "/" + service + "/aws4_request";
    String text = String.join("\n", ALGORITHM, time, scope, sha256(utf8(request)));
    all.put(
        "authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                ALGORITHM,
                accessKey,
                scope,
                names,
                HexFormat.of().formatHex(hmac(key(day), text))));
    return all;
  }

  /** The host as HTTP clients send it: with the port, unless it is the usual one. */
  public static String host(URI uri) {
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    boolean plain = uri.getPort() == -1 || uri.getPort() == usual;
    return plain ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /** The arguments by name, each with an equals sign. */
  private static String query(URI uri) {
    String query = uri.getRawQuery();
    if (query == null) {
      return "";
    }
    return Arrays.stream(query.split("&", -1))
        .map((argument) -> argument.contains("=") ? argument : argument + "=")
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private synchronized byte[] key(String day) {
    byte[] known = key;
    if (known == null || !keyDay.equals(day)) {
      known = hmac(utf8("AWS4" + secretKey), day);
      known = hmac(hmac(hmac(known, region), service), "aws4_request");
      key = known;
      keyDay = day;
    }
    return known;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException ex) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", ex);
    }
  }

  /** The SHA-256 of a body in hexadecimal. */
  public static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (GeneralSecurityException ex) {
      throw new IllegalStateException("Every Java platform has SHA-256", ex);
    }
  }

  /**
   * Encodes text for a path or a query: everything but letters, digits and {@code -._~}.
   *
   * @param path whether slashes stay
   */
  public static String encode(String text, boolean path) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : utf8(text)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0
              || (path && c == '/');
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
