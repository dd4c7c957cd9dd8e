package io.logcaster.source;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sources of records.
 *
 * @param maxSources How many pairs of host and app are remembered; beyond it, the one silent for
 *     longest is forgotten.
 * @param quietFactor A source is quiet after this many times its usual silence, and at least a
 *     minute.
 */
@Validated
@ConfigurationProperties("logcaster.sources")
record SourceProperties(
    @DefaultValue("20000") @Min(1) @Max(200_000) int maxSources,
    @DefaultValue("3") @DecimalMin("1") double quietFactor) {}
