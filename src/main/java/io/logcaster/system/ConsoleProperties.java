package io.logcaster.system;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The console, as people reach it and tell it from others.
 *
 * @param url The console's URL in links that notices contain.
 * @param name The installation's name in the console and its titles.
 * @param color The installation's colour, {@code #} and six hexadecimal digits.
 * @param links Links that values of fields become.
 */
@ConfigurationProperties("logcaster.console")
public record ConsoleProperties(
    @Nullable URI url,
    @Nullable String name,
    @Nullable String color,
    @DefaultValue List<Link> links) {

  private static final int LONGEST_NAME = 60;
  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

  public ConsoleProperties {
    if (url != null
        && (url.getHost() == null || !String.valueOf(url.getScheme()).startsWith("http"))) {
      throw new IllegalArgumentException(
          "logcaster.console.url is "
              + url
              + ", but must be a URL such as https://logs.example.org");
    }
    if (name != null
        && (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl))) {
      throw new IllegalArgumentException(
          "logcaster.console.name must have at most "
              + LONGEST_NAME
              + " characters, none of them a control character");
    }
    if (color != null && !COLOR.matcher(color).matches()) {
      throw new IllegalArgumentException(
          "logcaster.console.color is '%s', but must be a colour such as '#b3261e'"
              .formatted(color));
    }
    links = List.copyOf(links);
  }

  /**
   * A link that the value of a field becomes.
   *
   * @param field the field whose value becomes a link
   * @param url an http or https URL with {@code {value}} for the value, and {@code {name}} for
   *     other fields of the record
   * @param title what the link says; its host if not set
   */
  public record Link(String field, String url, String title) {

    /** The host comes before all that records fill in, so none can send its reader elsewhere. */
    private static final Pattern TEMPLATE =
        Pattern.compile("https?://([^/?#@{}\\s\\\\]+)[/?#][^{}\\s]*(?:\\{[^{}\\s]+}[^{}\\s]*)+");

    public Link(@Nullable String field, @Nullable String url, @Nullable String title) {
      if (field == null || field.isBlank()) {
        throw new IllegalArgumentException(
            "a link of logcaster.console.links has no field, such as trace_id");
      }
      Matcher template = TEMPLATE.matcher((url == null) ? "" : url);
      if (url == null || !template.matches() || !url.contains("{value}")) {
        throw new IllegalArgumentException(
            ("the link '%s' of logcaster.console.links has the URL '%s', but must have one with"
                    + " http or https, a host, and {value} after it, such as"
                    + " https://traces.example.org/trace/{value}")
                .formatted(field, url));
      }
      this.field = field.strip();
      this.url = url;
      this.title = (title == null || title.isBlank()) ? template.group(1) : title.strip();
    }
  }
}
