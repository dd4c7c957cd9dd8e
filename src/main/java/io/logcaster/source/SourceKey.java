package io.logcaster.source;

/**
 * A host and an app.
 *
 * @param host empty if records have none
 * @param app empty if records have none
 */
record SourceKey(String host, String app) {}
