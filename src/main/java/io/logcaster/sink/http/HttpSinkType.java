package io.logcaster.sink.http;

import static io.logcaster.sink.SinkOption.choice;
import static io.logcaster.sink.SinkOption.optional;
import static io.logcaster.sink.SinkOption.required;

import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptionType;
import io.logcaster.sink.SinkOptions;
import io.logcaster.sink.SinkType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Posts records over HTTP, as JSON lines or in the protocol of another system. */
public final class HttpSinkType implements SinkType {

  private static final List<SinkOption> OPTIONS =
      List.of(
          required("url", SinkOptionType.URL, "where to; the path of the protocol may be left out")
              .asAddress(),
          choice(
              "format",
              "json",
              List.of("json", "elasticsearch", "loki", "otlp", "splunk", "template"),
              "what the receiver understands: JSON lines, Elasticsearch's _bulk, Loki's push,"
                  + " OTLP/HTTP, Splunk's HEC, or a text of your own"),
          choice("compress", "gzip", List.of("none", "gzip", "zstd"), "how to pack the body"),
          optional("token", SinkOptionType.TEXT, null, "a token for the header Authorization")
              .asSecret(),
          optional("username", SinkOptionType.TEXT, null, "a user name, for basic authentication"),
          optional("password", SinkOptionType.TEXT, null, "the user's password").asSecret(),
          optional("headers", SinkOptionType.MAP, null, "more headers, by name").asSecret(),
          optional(
              "index",
              SinkOptionType.TEXT,
              null,
              "Elasticsearch's index or data stream (logs by default), or Splunk's index"),
          optional(
              "labels",
              SinkOptionType.LIST,
              "host, app, level",
              "the fields that are Loki's labels"),
          optional(
              "metadata",
              SinkOptionType.FLAG,
              true,
              "whether other fields go to Loki as structured metadata"),
          optional(
              "template",
              SinkOptionType.LONG_TEXT,
              null,
              "the text of a record; ${name} is a field's value inside a JSON string, ${name|raw}"
                  + " the value as it is"),
          optional("before", SinkOptionType.TEXT, null, "the text before the first record"),
          optional("separator", SinkOptionType.TEXT, null, "the text between two records"),
          optional("after", SinkOptionType.TEXT, null, "the text after the last record"),
          optional(
              "contentType",
              SinkOptionType.TEXT,
              "application/json",
              "the type of a text of your own"));

  @Override
  public String name() {
    return "http";
  }

  @Override
  public List<SinkOption> options() {
    return OPTIONS;
  }

  /** A megabyte or so: smaller requests mostly wait for their answers. */
  @Override
  public int batchSize() {
    return 5_000;
  }

  @Override
  public Sink open(SinkOptions options, SinkContext context) {
    PostBody writer = writer(options);
    URI url = url(options.text("url"), writer.path());
    HttpPoster poster =
        new HttpPoster(url, headers(options), context.guard(), context.timeout(), context.clock());
    HttpSink.Compression compression =
        HttpSink.Compression.valueOf(options.text("compress").toUpperCase(Locale.ROOT));
    return new HttpSink(poster, writer, compression);
  }

  private static PostBody writer(SinkOptions options) {
    return switch (options.text("format")) {
      case "elasticsearch" -> new BulkPost(options.has("index") ? options.text("index") : "logs");
      case "loki" -> new LokiPost(options.list("labels"), options.flag("metadata"));
      case "otlp" -> new OtlpPost();
      case "splunk" -> new SplunkPost(options.text("index"));
      case "template" -> template(options);
      default -> new LinesPost();
    };
  }

  private static PostBody template(SinkOptions options) {
    if (!options.has("template")) {
      throw SinkOptions.problem("template", "is required for the format template");
    }
    TemplatePost.Frame frame =
        new TemplatePost.Frame(
            options.text("before"),
            options.has("separator") ? options.text("separator") : "\n",
            options.text("after"));
    return new TemplatePost(options.text("template"), frame, options.text("contentType"));
  }

  private static URI url(String text, String path) {
    String query = text.indexOf('?') < 0 ? "" : text.substring(text.indexOf('?'));
    String base = text.substring(0, text.length() - query.length());
    while (base.endsWith("/")) {
      base = base.substring(0, base.length() - 1);
    }
    return URI.create((base.endsWith(path) ? base : base + path) + query);
  }

  private static Map<String, String> headers(SinkOptions options) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (options.has("token")) {
      String scheme = options.text("format").equals("splunk") ? "Splunk " : "Bearer ";
      headers.put("Authorization", scheme + options.text("token"));
    } else if (options.has("username")) {
      String user = options.text("username") + ":" + options.text("password");
      headers.put(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }
    options
        .map("headers")
        .forEach(
            (name, value) -> {
              if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || value.matches("(?s).*[\r\n].*")) {
                throw SinkOptions.problem("headers", "has a name or value that no header may have");
              }
              headers.put(name, value);
            });
    return headers;
  }
}
