/**
 * Object storage with the interface of S3: where a bucket is, how requests are signed, and a client
 * for files of any size. Sinks have a client of their own, which waits on nobody.
 */
@NullMarked
package io.logcaster.s3;

import org.jspecify.annotations.NullMarked;
