package io.logcaster.template;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The known templates.
 *
 * @param enabled Whether the server learns the templates of messages.
 * @param maxCount How many templates are known; beyond it, the app with the most loses some.
 * @param maxMemory How much memory they may take.
 */
@Validated
@ConfigurationProperties("logcaster.templates")
record TemplateProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("100000") @Min(100) @Max(10_000_000) int maxCount,
    @DefaultValue("64MB") DataSize maxMemory) {

  TemplateProperties {
    if (maxMemory.toBytes() < 1 << 20) {
      throw new IllegalArgumentException(
          "logcaster.templates.max-memory is " + maxMemory + ", but must be at least 1MB");
    }
  }
}
