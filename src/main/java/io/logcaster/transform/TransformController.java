package io.logcaster.transform;

import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of transforms. */
@RestController
@RequestMapping("/api/v1/transforms")
@Tag(name = "transforms", description = "Steps that records pass on their way in.")
final class TransformController {

  private final TransformSettings settings;
  private final TransformMetrics metrics;
  private final TransformPreview preview;
  private final PluginTransforms plugins;

  TransformController(
      TransformSettings settings,
      TransformMetrics metrics,
      TransformPreview preview,
      PluginTransforms plugins) {
    this.settings = settings;
    this.metrics = metrics;
    this.preview = preview;
    this.plugins = plugins;
  }

  @Operation(
      summary = "The transforms in the order in which records pass them",
      description = "The header ETag has the version.")
  @GetMapping
  ResponseEntity<List<TransformDefinition>> get() {
    return answer(settings.current());
  }

  private static ResponseEntity<List<TransformDefinition>> answer(TransformStore.Stored stored) {
    return ResponseEntity.ok().eTag("\"" + stored.version() + "\"").body(stored.transforms());
  }

  @Operation(
      summary = "Replace the transforms",
      description =
          "Takes effect with the next batch and survives a restart. With the header If-Match,"
              + " only if the version has not changed since.")
  @PutMapping
  ResponseEntity<List<TransformDefinition>> put(
      @RequestBody List<TransformDefinition> transforms,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
      @Parameter(hidden = true) @Nullable Principal user) {
    return change(transforms, user, expected(match), null);
  }

  private ResponseEntity<List<TransformDefinition>> change(
      List<TransformDefinition> transforms,
      @Nullable Principal user,
      @Nullable Long expected,
      @Nullable Long copyOf) {
    String author = (user == null) ? "" : String.valueOf(user.getName());
    TransformStore.Stored stored;
    try {
      stored = settings.put(transforms, author, expected, copyOf);
    } catch (InvalidTransformException ex) {
      throw problem(ex);
    }
    if (stored == null) {
      throw new ProblemException(
          HttpStatus.PRECONDITION_FAILED,
          "transforms_changed",
          "Somebody else changed the transforms; version %d is in force. Read them again."
              .formatted(settings.current().version()));
    }
    return answer(stored);
  }

  static ProblemException problem(InvalidTransformException ex) {
    return new ProblemException(
            HttpStatus.BAD_REQUEST,
            "invalid_transform",
            "Property '%s' %s.".formatted(ex.place(), ex.reason()))
        .with("property", ex.place())
        .with("index", ex.index());
  }

  private static @Nullable Long expected(@Nullable String match) {
    if (match == null || match.isBlank() || match.strip().equals("*")) {
      return null;
    }
    try {
      return Long.valueOf(match.strip().replace("\"", ""));
    } catch (NumberFormatException ex) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "invalid_header",
          "The header If-Match must be the ETag of the transforms, such as \"3\".",
          ex);
    }
  }

  /**
   * A version of the transforms.
   *
   * @param version 0 for the configured ones
   * @param time when it was set; absent for the configured ones
   * @param author who set it; empty if nobody signed in
   * @param copyOf the version to which this one rolled back; absent for others
   * @param current whether it is in force
   */
  @Schema(name = "TransformVersion")
  record VersionBody(
      long version,
      @Nullable Instant time,
      String author,
      @Nullable Long copyOf,
      boolean current) {}

  @Operation(summary = "The versions of the transforms, the newest first")
  @GetMapping("/versions")
  List<VersionBody> versions() {
    long current = settings.current().version();
    List<VersionBody> bodies =
        new ArrayList<>(
            settings.versions().stream()
                .map(
                    (version) ->
                        new VersionBody(
                            version.version(),
                            version.time(),
                            version.author(),
                            version.copyOf(),
                            version.version() == current))
                .toList());
    bodies.add(new VersionBody(0, null, "", null, current == 0));
    return bodies;
  }

  @Operation(summary = "The transforms of a version")
  @GetMapping("/versions/{version}")
  List<TransformDefinition> version(@PathVariable long version) {
    return find(version);
  }

  private List<TransformDefinition> find(long version) {
    try {
      return settings.version(version);
    } catch (NoSuchElementException ex) {
      throw new ProblemException(
          HttpStatus.NOT_FOUND,
          "unknown_version",
          "There is no version %d of the transforms; GET /api/v1/transforms/versions lists them."
              .formatted(version),
          ex);
    }
  }

  @Operation(
      summary = "Roll back to an earlier version",
      description =
          "Makes a new version that equals an earlier one: the given one, or the one before the"
              + " current. Version 0 are the configured transforms.")
  @PostMapping("/rollback")
  ResponseEntity<List<TransformDefinition>> rollBack(
      @RequestParam(required = false) @Nullable Long version,
      @Parameter(hidden = true) @Nullable Principal user) {
    TransformStore.Stored current = settings.current();
    if (version == null && current.version() == 0) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "nothing_to_roll_back",
          "The configured transforms are in force, and there is no version before them.");
    }
    long wanted = (version != null) ? version : settings.before(current.version());
    return change(find(wanted), user, current.version(), wanted);
  }

  /**
   * The counters of a transform since the server started.
   *
   * @param in records that its filter selected
   * @param out those that went on by themselves
   * @param dropped the others
   * @param errors records that were marked with {@code _transform_error}
   * @param redacted redacted values by kind
   * @param seconds the time that its action took
   */
  @Schema(name = "TransformCounts")
  record Counts(
      String name,
      long in,
      long out,
      long dropped,
      long errors,
      Map<String, Long> redacted,
      double seconds) {

    static Counts of(String name, TransformCounters counters) {
      long dropped = counters.dropped();
      long in = counters.in();
      return new Counts(
          name,
          in,
          in - dropped,
          dropped,
          counters.errors(),
          counters.redacted(),
          counters.nanos() / 1e9);
    }
  }

  @Operation(summary = "What each transform has done since the start")
  @GetMapping("/counts")
  List<Counts> counts() {
    Map<String, TransformCounters> all = new TreeMap<>(metrics.all());
    return all.entrySet().stream()
        .map((entry) -> Counts.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  /**
   * A transform of a plug-in.
   *
   * @param type what the option {@code type} of the action {@code plugin} names
   */
  @Schema(name = "PluginTransformType")
  record PluginType(String type) {}

  @Operation(summary = "The transforms that plug-ins provide, for the action plugin")
  @GetMapping("/types")
  List<PluginType> types() {
    return plugins.types().stream().sorted().map(PluginType::new).toList();
  }

  @Operation(
      summary = "Try transforms on records",
      description =
          "Shows given records, or recent ones that a query selects, after each transform."
              + " Nothing is stored or sent.")
  @PostMapping("/preview")
  TransformPreview.Answer preview(@RequestBody TransformPreview.Body body) throws IOException {
    try {
      return preview.run(body);
    } catch (InvalidTransformException ex) {
      throw problem(ex);
    }
  }
}
