package io.logcaster.alert;

import java.time.Duration;

/**
 * A question that is asked again and again, and the answer that makes an alert.
 *
 * @param id never changes
 * @param name what people call it
 * @param query ends in a stats pipe: its column {@code value} is compared, each group of its
 *     by-fields has an alert of its own
 * @param window how far back the query looks
 * @param interval how often it is asked
 * @param comparison how the value is compared with the threshold
 * @param hold how long the condition must hold before the alert fires; called {@code for} outside
 * @param severity {@code info}, {@code warning}, {@code error} or {@code critical}
 * @param enabled whether it is asked at all
 */
record AlertRule(
    String id,
    String name,
    String query,
    Duration window,
    Duration interval,
    Comparison comparison,
    double threshold,
    Duration hold,
    String severity,
    boolean enabled) {}
