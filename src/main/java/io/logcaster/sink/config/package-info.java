/** Names all types of sinks, whose packages know the sinks and not the other way round. */
@NullMarked
package io.logcaster.sink.config;

import org.jspecify.annotations.NullMarked;
