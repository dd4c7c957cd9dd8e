package io.logcaster.transform;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The configured transforms.
 *
 * @param transforms in the order in which records pass them
 */
@ConfigurationProperties("logcaster")
record TransformProperties(List<TransformDefinition> transforms) {

  TransformProperties(@Nullable List<TransformDefinition> transforms) {
    this.transforms = (transforms != null) ? List.copyOf(transforms) : List.of();
  }
}
