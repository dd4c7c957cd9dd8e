package io.logcaster.storage.tier;

import io.logcaster.s3.S3Bucket;
import java.time.Clock;
import java.time.Duration;

/**
 * Where segments go and when.
 *
 * @param bucket the object storage; closed by the storage that uses it
 * @param prefix what all keys begin with: empty, or ends with a slash
 * @param owner the name of this server, under which another machine may continue
 * @param after the age of its newest record at which a segment goes to the object storage
 * @param cacheBytes the bytes of the disk that fetched parts may take
 */
public record TierOptions(
    S3Bucket bucket, String prefix, String owner, Duration after, long cacheBytes, Clock clock) {}
