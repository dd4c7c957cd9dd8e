/**
 * One TCP port for every protocol: listens, detects what a connection speaks, cuts its bytes into
 * messages and hands batches to the pipeline.
 */
@NullMarked
package io.logcaster.ingest.tcp;

import org.jspecify.annotations.NullMarked;
