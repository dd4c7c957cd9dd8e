package io.logcaster.notice;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance window as it is stored: once, from {@code start} to {@code end}, or in hours of the
 * week.
 *
 * @param id chosen by the server
 * @param match which alerts nobody is told of, such as {@code host=~db.*}; none means all
 * @param hours the hours of one that recurs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties({"active", "until", "next", "hides"}) // a client may send back what it got
record MaintenanceBody(
    @Nullable String id,
    @Nullable String name,
    @Nullable List<String> match,
    @Nullable Instant start,
    @Nullable Instant end,
    @Nullable HoursBody hours) {}
