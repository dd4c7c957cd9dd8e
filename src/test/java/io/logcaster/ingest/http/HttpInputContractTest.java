package io.logcaster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.system.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What every input over HTTP does, whatever its senders expect besides. */
@ParameterizedClass
@MethodSource("protocols")
class HttpInputContractTest {

  /** Answers a request; a status of HTTP, or what stands for it. */
  @FunctionalInterface
  private interface Endpoint {
    int answer(MockHttpServletRequest request) throws Exception;
  }

  /**
   * A protocol.
   *
   * @param body makes a body of a message
   * @param broken a body that is not in its format
   */
  record Protocol(
      BiFunction<HttpInputTester, byte[], MockHttpServletRequest> request,
      Function<String, byte[]> body,
      String broken,
      Function<HttpInputTester, Object> endpoint) {}

  private final Protocol protocol;
  private final HttpInputTester tester = new HttpInputTester();
  private final Endpoint endpoint;

  HttpInputContractTest(Protocol protocol) {
    this.protocol = protocol;
    this.endpoint = (Endpoint) protocol.endpoint().apply(tester);
  }

  static Stream<Named<Protocol>> protocols() {
    return Stream.of(
        protocol(
            "own",
            "application/x-ndjson",
            "{\"_msg\":\"%s\"}\n",
            "",
            (t) -> {
              RecordsController own = new RecordsController(t.input, t.properties);
              return (request) -> {
                own.records(request);
                return 200;
              };
            }),
        protocol(
            "Datadog",
            "application/json",
            "[{\"message\":\"%s\",\"ddtags\":\"\"}]",
            "[{",
            (t) -> {
              DatadogController datadog = new DatadogController(t.input, t.properties);
              return (request) -> datadog.logs(request).getStatusCode().value();
            }),
        protocol(
            "CLEF",
            "application/vnd.serilog.clef",
            "{\"@t\":\"2026-11-20T07:08:09Z\",\"@m\":\"%s\"}\n",
            "{\"@t\"",
            (t) -> {
              SeqController seq = new SeqController(t.input, t.properties);
              return (request) -> seq.events(request).getStatusCode().value();
            }),
        protocol(
            "journal",
            "application/vnd.fdo.journal",
            "__CURSOR=s=a;i=1\n__REALTIME_TIMESTAMP=1795158489123456\nMESSAGE=%s\n\n",
            "MESSAGE",
            (t) -> {
              JournalController journal = new JournalController(t.input, t.properties);
              return (request) -> journal.upload(request).getStatusCode().value();
            }),
        Named.of(
            "OTLP over gRPC",
            new Protocol(
                (t, body) -> HttpInputTester.request("application/grpc", body),
                HttpInputContractTest::grpc,
                "\u0007\0\0\0\0",
                (t) -> {
                  OtlpGrpcController grpc = new OtlpGrpcController(t.input, t.properties);
                  return (Endpoint)
                      (request) -> {
                        MockHttpServletResponse response = new MockHttpServletResponse();
                        grpc.export(request, response);
                        String status = response.getHeader("grpc-status");
                        return switch (status == null ? "0" : status) {
                          case "0" -> 200;
                          case "14" -> 503; // unavailable: try again
                          default -> 400;
                        };
                      };
                })));
  }

  private static Named<Protocol> protocol(
      String name,
      String type,
      String body,
      String broken,
      Function<HttpInputTester, Endpoint> endpoint) {
    return Named.of(
        name,
        new Protocol(
            (t, bytes) -> HttpInputTester.request(type, bytes),
            (message) -> body.formatted(message).getBytes(StandardCharsets.UTF_8),
            broken,
            endpoint::apply));
  }

  /** {@code ResourceLogs { ScopeLogs { LogRecord { body message }}}} in a frame. */
  private static byte[] grpc(String message) {
    byte[] body = nested(5, nested(1, message.getBytes(StandardCharsets.UTF_8)));
    byte[] logs = nested(1, nested(2, nested(2, body)));
    return ByteBuffer.allocate(5 + logs.length).put((byte) 0).putInt(logs.length).put(logs).array();
  }

  private static byte[] nested(int field, byte[] content) {
    return ByteBuffer.allocate(2 + content.length)
        .put((byte) (field << 3 | 2))
        .put((byte) content.length)
        .put(content)
        .array();
  }

  private int send(byte[] body) throws Exception {
    try {
      return endpoint.answer(protocol.request().apply(tester, body));
    } catch (ProblemException ex) {
      return ex.getStatusCode().value();
    }
  }

  @Test
  void message_isStored_andCounted() throws Exception {
    byte[] body = protocol.body().apply("one");

    assertThat(send(body) / 100).isEqualTo(2);
    assertThat(tester.intake.messages()).containsExactly("one");
    // The frame of gRPC is not the input's.
    assertThat(tester.metrics.bytes()).isBetween(body.length - 5L, (long) body.length);
  }

  @Test
  void answer_comesOnlyWhenTheRecordsAreDurable() throws Exception {
    tester.intake.hold();
    CompletableFuture<Integer> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return send(protocol.body().apply("one"));
              } catch (Exception ex) {
                throw new IllegalStateException(ex);
              }
            },
            Thread::startVirtualThread);
    await().until(() -> tester.intake.size() == 1);
    assertThat(answer).isNotDone();

    tester.intake.release();
    assertThat(answer.join() / 100).isEqualTo(2);
  }

  @Test
  void storageThatTakesNothing_isToldToTheSender_whoMayTryAgain() throws Exception {
    tester.intake.failWith(new StorageReadOnlyException("full"));
    assertThat(send(protocol.body().apply("one"))).isEqualTo(503);

    tester.intake.failWith(null);
    assertThat(send(protocol.body().apply("two")) / 100).isEqualTo(2);
    assertThat(tester.intake.messages()).containsExactly("two");
  }

  @Test
  void brokenBody_storesNothing() throws Exception {
    assertThat(send(protocol.broken().getBytes(StandardCharsets.UTF_8))).isEqualTo(400);
    assertThat(tester.intake.size()).isZero();
  }

  @Test
  void fields_thatAreTooLong_areCut_andTheRecordIsKept() throws Exception {
    if (Arrays.equals(protocol.body().apply("x"), grpc("x"))) {
      return; // a frame of the helper holds no more than 127 bytes
    }
    assertThat(send(protocol.body().apply("y".repeat(300 << 10))) / 100).isEqualTo(2);
    assertThat(tester.intake.messages().getFirst().length()).isBetween(1, 256 << 10);
    assertThat(tester.record(0)).containsEntry("_truncated", "true");
  }
}
