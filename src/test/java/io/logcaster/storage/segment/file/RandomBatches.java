package io.logcaster.storage.segment.file;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Random batches with all kinds of values, plain and unusual. Equal seeds give equal batches. */
public final class RandomBatches {

  private static final String[] WORDS = {
    "alpha",
    "Beta",
    "gamma_1",
    "x",
    "über",
    "naïve7",
    "日本語",
    "–12",
    "é9é",
    "\u0000",
    "\uFFFD",
    "𝄞2",
    "٣",
    "a-b",
    "{}",
    "\\",
    "\"quoted\"",
    "tab\tnew\nline",
    "  ",
    "0",
    "-",
    ".",
    "-0",
    "007"
  };

  private static final List<Function<Random, String>> KINDS =
      List.of(
          (random) -> "always the same",
          (random) -> "kind " + random.nextInt(5),
          (random) -> Integer.toString(random.nextInt(300)),
          (random) -> Long.toString(random.nextLong()),
          (random) -> Integer.toString(random.nextInt(2000) - 1000),
          (random) -> String.format("%05d", random.nextInt(100_000)),
          (random) -> Long.toString(1_700_000_000_000L + random.nextInt(100_000)),
          (random) -> random.nextInt(100) + "." + random.nextInt(100),
          (random) -> (random.nextInt(200) - 100) + ".5",
          (random) -> Double.toString(random.nextGaussian()),
          (random) -> String.format("%016x", random.nextLong()),
          (random) -> String.format("%08X", random.nextInt()),
          (random) -> String.format("%07x", random.nextInt(1 << 28)),
          (random) -> "req-" + String.format("%040x", random.nextLong()),
          (random) -> "eth" + random.nextInt(8),
          (random) -> "v" + random.nextInt(50) + "ms",
          (random) ->
              "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256),
          (random) ->
              "user "
                  + random.nextInt(999)
                  + " did "
                  + word(random)
                  + " in 0.0"
                  + random.nextInt(9),
          (random) -> "1".repeat(1 + random.nextInt(40)),
          (random) -> (random.nextInt(50) == 0) ? "9".repeat(3000) : "s" + random.nextInt(),
          RandomBatches::text,
          RandomBatches::word,
          (random) -> (random.nextBoolean() ? "0" : "1") + random.nextInt(10));

  private RandomBatches() {}

  private static String word(Random random) {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(word(random)).append(random.nextBoolean() ? " " : "");
      if (random.nextInt(3) == 0) {
        text.append(random.nextInt(1000));
      }
    }
    return text.toString();
  }

  public static List<RecordBatch> of(long seed) {
    Random random = new Random(seed);
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    int host = builder.column("host");
    int app = builder.column("app");
    List<Integer> columns = new ArrayList<>();
    List<Function<Random, String>> kinds = new ArrayList<>();
    List<Integer> density = new ArrayList<>();
    int width = 1 + random.nextInt(6);
    for (int i = 0; i < width; i++) {
      columns.add(builder.column("f" + i));
      kinds.add(KINDS.get(random.nextInt(KINDS.size())));
      density.add(random.nextInt(3) == 0 ? 1 + random.nextInt(99) : 100);
    }
    Function<Random, String> message = KINDS.get(random.nextInt(KINDS.size()));
    int hosts = 1 + random.nextInt(random.nextBoolean() ? 3 : 400);
    boolean consistentLevels = random.nextBoolean();
    long time = random.nextLong() >> (2 + random.nextInt(8));
    long unit = List.of(1L, 1_000L, 1_000_000L).get(random.nextInt(3));
    time -= time % unit;
    int rows = random.nextInt(random.nextInt(4) == 0 ? 6000 : 300);
    List<RecordBatch> batches = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      time += (random.nextInt(1000) - 100) * unit;
      builder.time(time);
      int level = random.nextInt(4);
      builder.severity(consistentLevels ? level * 4 : random.nextInt(25));
      if (level > 0) {
        builder.value(RecordBatchBuilder.LEVEL, "L" + level);
      }
      if (random.nextInt(20) > 0) {
        builder.value(host, "h" + random.nextInt(hosts));
      }
      builder.value(app, "app");
      builder.value(RecordBatchBuilder.MESSAGE, message.apply(random));
      for (int i = 0; i < width; i++) {
        if (random.nextInt(100) < density.get(i)) {
          builder.value(columns.get(i), kinds.get(i).apply(random));
        }
      }
      builder.end();
      if (random.nextInt(200) == 0) {
        batches.add(builder.build());
      }
    }
    batches.add(builder.build());
    return batches;
  }
}
