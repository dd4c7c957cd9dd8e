package io.logcaster.alert;

import java.util.Map;

/**
 * What a rule's query says of one group.
 *
 * @param labels the by-fields and their values, by name
 * @param value NaN where the query gives nothing that is a number
 */
record GroupValue(Map<String, String> labels, double value) {}
