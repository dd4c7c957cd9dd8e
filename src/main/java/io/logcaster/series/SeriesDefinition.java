package io.logcaster.series;

import java.time.Instant;

/**
 * A query whose results become series.
 *
 * @param id chosen by the server
 * @param name its name as a metric
 * @param query ends in a stats pipe
 * @param stepMillis the length of a step
 * @param created when it was created or its query changed
 */
record SeriesDefinition(String id, String name, String query, long stepMillis, Instant created) {}
