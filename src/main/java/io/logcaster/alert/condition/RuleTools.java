package io.logcaster.alert.condition;

import io.logcaster.alert.query.AlertQuery;
import java.time.Instant;

/**
 * What conditions need to judge.
 *
 * @param compiler compiles queries
 * @param births the births of message templates
 * @param known the groups that rules have seen
 * @param start when the server started
 */
public record RuleTools(
    AlertQuery.Compiler compiler, NewTemplates births, KnownGroups known, Instant start) {}
