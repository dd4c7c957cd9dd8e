package io.logcaster.alert;

import java.time.Instant;

/**
 * What conditions need to judge.
 *
 * @param compiler compiles queries
 * @param births the births of message templates
 * @param known the groups that rules have seen
 * @param live watches arriving records
 * @param start when the server started
 */
record RuleTools(
    AlertQuery.Compiler compiler,
    NewTemplates births,
    KnownGroups known,
    LiveRules live,
    Instant start) {}
