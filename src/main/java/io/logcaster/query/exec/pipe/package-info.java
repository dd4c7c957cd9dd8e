/**
 * Running pipes, one {@link io.logcaster.query.exec.pipe.Operator} for each kind of pipe. To add a
 * pipe, write its operator here and its case in {@code query.exec.Plan}. A pipe that changes fields
 * of each row is a {@link io.logcaster.query.exec.pipe.TransformOperator.Transform}; one that keeps
 * a state for each group of rows extends {@code GroupingOperator}. What the planner knows of a pipe
 * is in its {@link io.logcaster.query.ast.PipeTraits}.
 */
@NullMarked
package io.logcaster.query.exec.pipe;

import org.jspecify.annotations.NullMarked;
