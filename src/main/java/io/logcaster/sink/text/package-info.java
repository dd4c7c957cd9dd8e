/** Texts of records as sinks write them: JSON, logfmt, raw, syslog, templates. */
@NullMarked
package io.logcaster.sink.text;

import org.jspecify.annotations.NullMarked;
