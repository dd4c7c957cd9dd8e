package io.logcaster.s3;

import java.net.URI;

/**
 * Where the objects of a bucket are.
 *
 * @param endpoint the URL of the storage, without a path
 * @param bucket the name of the bucket
 * @param pathStyle whether the bucket is named in the path instead of the host
 */
public record S3Address(URI endpoint, String bucket, boolean pathStyle) {

  /**
   * The URL of an object.
   *
   * @param query an encoded query; empty for none
   */
  public URI object(String key, String query) {
    String authority = AwsSignature.host(endpoint);
    String path = "/" + AwsSignature.encode(key, true);
    return URI.create(
        endpoint.getScheme()
            + "://"
            + (pathStyle ? authority + "/" + bucket : bucket + "." + authority)
            + path
            + (query.isEmpty() ? "" : "?" + query));
  }
}
