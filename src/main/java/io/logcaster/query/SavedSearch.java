package io.logcaster.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saved query.
 *
 * @param id chosen by the server; null in a request
 * @param name what it is called
 * @param query the query
 * @param range the time range, as the console spells it, such as {@code 1h}
 * @param columns the fields to show as columns
 */
record SavedSearch(
    @Nullable String id,
    @Nullable String name,
    @Nullable String query,
    @Nullable String range,
    @Nullable List<String> columns) {}
