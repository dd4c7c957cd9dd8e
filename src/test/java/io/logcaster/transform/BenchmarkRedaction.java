package io.logcaster.transform;

import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many records a second one core searches for secrets; one of fifty has some. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
public class BenchmarkRedaction {

  private static final int RECORDS = 4_096;

  @Param({"", "'kinds':['card','email']", "'kinds':['ip']", "'kinds':['cloud_key']"})
  public String options = "";

  private RecordBatch batch = Batches.of();
  private TransformChain chain;

  @Setup
  public void compile() {
    Random random = new Random(7);
    LogRecord[] records = new LogRecord[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      String message =
          "session %08x of tenant %d: GET /api/v2/orders/%d took %d ms and returned %d bytes in %s"
              .formatted(
                  random.nextInt(),
                  random.nextInt(500),
                  random.nextInt(1_000_000),
                  random.nextInt(5_000),
                  random.nextInt(100_000),
                  List.of("ok", "retry", "cache", "fallback").get(random.nextInt(4)));
      records[i] =
          Chains.record(i % 50 == 0 ? message + " for a@example.com 4111111111111111" : message);
    }
    batch = Batches.of(records);
    chain = new Chains().chain("[{'name':'r','action':'redact','options':{" + options + "}}]");
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public List<Portion> redact() {
    return chain.run(new Work(batch, Set.of(new Chains.Waiter()), null, false));
  }
}
