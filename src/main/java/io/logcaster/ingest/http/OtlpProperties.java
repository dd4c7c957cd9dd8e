package io.logcaster.ingest.http;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * OpenTelemetry's protocol.
 *
 * @param grpcPort Port for OTLP over gRPC, 4317 by convention; 0 takes any free one, -1 turns it
 *     off.
 */
@ConfigurationProperties("logcaster.otlp")
@Validated
record OtlpProperties(@DefaultValue("-1") @Min(-1) @Max(65535) int grpcPort) {}
