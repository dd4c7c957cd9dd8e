package io.logcaster.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares with the examples that AWS publishes. */
class AwsSignatureTest {

  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  /** Those of "Signature Calculations for the Authorization Header" in the S3 API reference. */
  private static final AwsSignature S3 =
      new AwsSignature(
          "AKIAIOSFODNN7EXAMPLE",
          "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
          null,
          "us-east-1",
          "s3",
          at("2013-05-24T00:00:00Z"));

  private static Clock at(String time) {
    return Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
  }

  private static String signature(Map<String, String> headers) {
    return headers.get("authorization").replaceFirst(".*Signature=", "");
  }

  @Test
  void get_ofARange_isSignedAsInTheExample() {
    Map<String, String> headers =
        S3.sign(
            "GET",
            URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
            Map.of("Range", "bytes=0-9", "x-amz-content-sha256", EMPTY),
            EMPTY);

    assertThat(headers.get("authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void put_withAnEncodedKey_isSignedAsInTheExample() {
    String hash = AwsSignature.sha256("Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8));

    Map<String, String> headers =
        S3.sign(
            "PUT",
            new S3Address(URI.create("https://s3.amazonaws.com"), "examplebucket", false)
                .object("test$file.text", ""),
            Map.of(
                "Date",
                "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY",
                "x-amz-content-sha256",
                hash),
            hash);

    assertThat(signature(headers))
        .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @Test
  void query_withoutAndWithValue_isSignedAsInTheExamples() {
    Map<String, String> payload = Map.of("x-amz-content-sha256", EMPTY);

    assertThat(
            signature(
                S3.sign(
                    "GET",
                    URI.create("https://examplebucket.s3.amazonaws.com/?lifecycle"),
                    payload,
                    EMPTY)))
        .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    assertThat(
            signature(
                S3.sign(
                    "GET",
                    URI.create("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"),
                    payload,
                    EMPTY)))
        .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void sessionToken_isSignedToo() {
    AwsSignature signature =
        new AwsSignature(
            "id", "secret", "the-token", "eu-west-1", "s3", at("2026-11-30T12:00:00Z"));

    Map<String, String> headers =
        signature.sign("PUT", URI.create("http://localhost:9000/b/k"), Map.of(), EMPTY);

    assertThat(headers).containsEntry("x-amz-security-token", "the-token");
    assertThat(headers).containsEntry("host", "localhost:9000");
    assertThat(headers.get("authorization"))
        .contains("SignedHeaders=host;x-amz-date;x-amz-security-token,");
  }

  @Test
  void address_ofAnObject_namesTheBucketInPathOrHost() {
    URI endpoint = URI.create("http://minio:9000/");

    assertThat(new S3Address(endpoint, "logs", true).object("a/b c.gz", "uploads="))
        .hasToString("http://minio:9000/logs/a/b%20c.gz?uploads=");
    assertThat(new S3Address(endpoint, "logs", false).object("ü", ""))
        .hasToString("http://logs.minio:9000/%C3%BC");
  }
}
