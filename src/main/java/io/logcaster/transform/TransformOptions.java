package io.logcaster.transform;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of all actions; each action uses some of them, and the others must be missing.
 *
 * @param pipe one or several pipes of the query language
 * @param values {@code set}: values by the name of their field; {@code plugin}: what the plug-in
 *     asks for, by name
 * @param sink {@code route}: the name of the sink
 * @param oneOf {@code sample}: keeps one record of this many
 * @param kinds {@code redact}: what to look for; everything known if missing
 * @param patterns {@code redact}: further patterns
 * @param fields {@code redact}: the fields to search, all but the stream fields if missing; {@code
 *     deduplicate}: the fields in which records are equal, the stream and the message if missing
 * @param with {@code redact}: {@code mask}, {@code hash} or {@code remove}
 * @param keyFile {@code redact} with {@code hash}: the file that holds the key
 * @param preset {@code join}: {@code indentation}, {@code java}, {@code python}, {@code go}, {@code
 *     node} or {@code dotnet}
 * @param start {@code join}: a regular expression of the first line of a record
 * @param timeout {@code join}: how long a record waits for further lines, such as {@code 300ms}
 * @param maxLines {@code join}: the most lines of a record
 * @param maxSize {@code join}: the largest message, such as {@code 64KB}
 * @param window {@code deduplicate}: how long equal records are folded into the first, such as
 *     {@code 10s}
 * @param rate {@code limit}: records a second of each stream
 * @param type {@code plugin}: which transform of a plug-in, such as {@code upper_case}
 */
@Schema(name = "TransformOptions")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransformOptions(
    @Nullable String pipe,
    @Nullable Map<String, String> values,
    @Nullable String sink,
    @Nullable Integer oneOf,
    @Nullable List<String> kinds,
    @Nullable List<Pattern> patterns,
    @Nullable List<String> fields,
    @Nullable String with,
    @Nullable String keyFile,
    @Nullable String preset,
    @Nullable String start,
    @Nullable String timeout,
    @Nullable Integer maxLines,
    @Nullable String maxSize,
    @Nullable String window,
    @Nullable Integer rate,
    @Nullable String type) {

  /** No options. */
  static final TransformOptions NONE =
      new TransformOptions(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null);

  /**
   * A pattern of the user.
   *
   * @param name the kind under which it is counted and masked
   * @param expression a regular expression (RE2)
   */
  @Schema(name = "RedactPattern")
  public record Pattern(@Nullable String name, @Nullable String expression) {}
}
