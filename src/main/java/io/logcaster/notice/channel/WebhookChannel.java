package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;

import com.samskivert.mustache.MustacheException;
import io.logcaster.system.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Posts notices to a URL: as JSON, or as a template says. With a secret, the request is signed: the
 * header {@code X-LogCaster-Signature} is {@code sha256=} and the HMAC-SHA256, in hexadecimal, of
 * the header {@code X-LogCaster-Timestamp} (seconds since the epoch), a dot and the body. {@code
 * X-LogCaster-Id} is the same in each attempt.
 */
final class WebhookChannel implements Channel {

  /** The header that is the same in each attempt. */
  static final String ID_HEADER = "X-LogCaster-Id";

  static final List<ChannelOption> OPTIONS =
      List.of(
          required("url", OptionType.URL, "where to send the notices").asAddress(),
          optional("method", OptionType.TEXT, "POST", "POST, PUT or PATCH"),
          optional(
                  "headers",
                  OptionType.MAP,
                  null,
                  "further request headers; their values are secret")
              .asSecret(),
          optional("secret", OptionType.TEXT, null, "key of the signature").asSecret(),
          optional("body", OptionType.LONG_TEXT, null, "a Mustache template of the body"),
          optional("contentType", OptionType.TEXT, "application/json", "the type of that body"));

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

  private final ChannelOptions options;
  private final String method;
  private final HttpSender http;
  private final Clock clock;
  private final @Nullable BodyTemplate body;

  WebhookChannel(ChannelOptions options, Transports transports) {
    this.options = options;
    this.http = transports.http();
    this.clock = transports.clock();
    this.method =
        options
            .choice("method", List.of("post", "put", "patch"))
            .toUpperCase(java.util.Locale.ROOT);
    options
        .map("headers")
        .forEach(
            (name, value) -> {
              if (!HEADER.matcher(name).matches()
                  || value.chars().anyMatch((c) -> c < ' ' || c > 255 || c == 127)) {
                throw ProblemException.invalidProperty(
                    "options.headers", "has a name or value that is not one of an HTTP header");
              }
            });
    this.body = options.has("body") ? template(options) : null;
  }

  private static BodyTemplate template(ChannelOptions options) {
    boolean json = options.text("contentType").contains("json");
    try {
      BodyTemplate template = new BodyTemplate(options.text("body"), json);
      if (json) {
        HttpSender.JSON.readTree(template.render(Samples.notice(Instant.EPOCH)));
      }
      return template;
    } catch (MustacheException ex) {
      throw ProblemException.invalidProperty(
          "options.body", "is not a template: " + ex.getMessage());
    } catch (JacksonException ex) {
      throw ProblemException.invalidProperty(
          "options.body",
          "does not give JSON: %s. Set 'contentType' if it is not meant to"
              .formatted(ex.getOriginalMessage()));
    }
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    HttpSender.Body content;
    try {
      content =
          body == null
              ? HttpSender.Body.json(json(notice))
              : HttpSender.Body.text(options.text("contentType"), body.render(notice));
    } catch (MustacheException ex) {
      throw DeliveryException.permanent("The body's template failed: " + ex.getMessage(), ex);
    }
    Map<String, String> headers = HttpSender.headers();
    headers.putAll(options.map("headers"));
    headers.put(ID_HEADER, notice.id());
    if (options.has("secret")) {
      String timestamp = String.valueOf(clock.instant().getEpochSecond());
      headers.put("X-LogCaster-Timestamp", timestamp);
      headers.put(
          "X-LogCaster-Signature",
          "sha256=" + signature(options.text("secret"), timestamp, content.bytes()));
    }
    http.send(method, options.text("url"), headers, content);
  }

  /** The notice in the form that the manual shows. */
  private static Map<String, Object> json(Notice notice) {
    Map<String, Object> values = BodyTemplate.values(notice);
    List<Map<String, Object>> alerts = BodyTemplate.alerts(notice);
    for (Map<String, Object> alert : alerts) {
      alert.remove("chart");
      alert.put("state", Boolean.TRUE.equals(alert.remove("firing")) ? "FIRING" : "RESOLVED");
    }
    values.put("notices", alerts);
    values.remove("alerts");
    values.remove("firing");
    values.remove("resolved");
    values.remove("text");
    return values;
  }

  static String signature(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException ex) {
      throw new IllegalStateException(ex); // every Java has it
    }
  }
}
