/**
 * Pipes at work, one {@link io.logcaster.query.exec.pipe.Operator} for each kind of pipe. To add a
 * pipe, write its operator here; a pipe that changes rows one by one is a {@link
 * io.logcaster.query.exec.pipe.TransformOperator}.
 */
@NullMarked
package io.logcaster.query.exec.pipe;

import org.jspecify.annotations.NullMarked;
