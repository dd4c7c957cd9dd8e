/**
 * The sink that posts records over HTTP: JSON lines, and the protocols of Elasticsearch, Loki,
 * OpenTelemetry and Splunk, one class for each body.
 */
@NullMarked
package io.logcaster.sink.http;

import org.jspecify.annotations.NullMarked;
