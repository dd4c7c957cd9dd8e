package io.logcaster.transform;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One transform, as configured and as in {@code GET} and {@code PUT /api/v1/transforms}.
 *
 * @param name unique among the transforms; names its counters and errors
 * @param filter a filter of the query language that selects the records; all of them if missing
 * @param action what happens to them, such as {@code redact}
 * @param enabled whether it is in use; true if missing
 * @param options what the action needs
 */
@Schema(name = "Transform")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TransformDefinition(
    @Nullable String name,
    @Nullable String filter,
    @Nullable String action,
    @Nullable Boolean enabled,
    @Nullable TransformOptions options) {

  boolean isEnabled() {
    return enabled == null || enabled;
  }
}
