package io.logcaster.transform;

import static io.logcaster.transform.Chains.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import io.logcaster.record.Severity;
import io.logcaster.storage.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Transforms on batches do the same as on single records. */
class TransformPropertiesTest {

  /** Actions whose result depends on one record, or on those before it in the same order. */
  private static final List<String> ACTIONS =
      List.of(
          "'action':'extract','options':{'pipe':'extract \\'user=<user> \\''}",
          "'action':'extract_regexp','options':{'pipe':'extract_regexp \\'(?P<num>[0-9]+)\\''}",
          "'action':'unpack_logfmt','options':{'pipe':'unpack_logfmt'}",
          "'action':'unpack_json','options':{'pipe':'unpack_json'}",
          "'action':'rename','options':{'pipe':'rename user as account'}",
          "'action':'copy','options':{'pipe':'copy app as service, level as severity'}",
          "'action':'delete','options':{'pipe':'delete level, n'}",
          "'action':'format','options':{'pipe':'format \\'<app>: <_msg>\\' as text'}",
          "'action':'replace','options':{'pipe':'replace (\\'a\\', \\'AA\\')'}",
          "'action':'replace_regexp','options':{'pipe':'replace_regexp (\\'[0-9]\\', \\'#\\')'}",
          "'action':'math','options':{'pipe':'math n * 2 as m'}",
          "'action':'set','options':{'values':{'env':'prod','level':'warning'}}",
          "'action':'set','options':{'values':{'app':'moved'}}",
          "'action':'drop'",
          "'action':'sample','options':{'oneOf':3}",
          "'action':'redact','options':{}",
          "'action':'redact','options':{'kinds':['email'],'with':'remove','fields':['user','_msg']}",
          "'action':'join','options':{'preset':'java'}",
          "'action':'limit','options':{'rate':10000000}",
          "'action':'deduplicate','options':{'window':'1h','fields':['_stream','_msg','n']}");

  private static final List<String> FILTERS =
      List.of("*", "user", "app:=shop", "level:=ERROR or n:>5", "!login", "_msg:~'[0-9]'");

  private static final List<String> MESSAGES =
      List.of(
          "user=anna login from 10.0.0.7",
          "user=b@example.com paid 17",
          "{'a':1,'user':'u1'}",
          "n=9 level=info user=x",
          "\tat com.acme.Shop.order(Shop.java:12)",
          "java.lang.IllegalStateException: bad",
          "",
          "Bearer abcdef0123456789 späť");

  private static LogRecord any(Random random) {
    String message = MESSAGES.get(random.nextInt(MESSAGES.size())).replace('\'', '"');
    List<String> fields = new ArrayList<>();
    if (random.nextBoolean()) {
      fields.addAll(List.of("app", random.nextBoolean() ? "shop" : "pay"));
    }
    if (random.nextBoolean()) {
      fields.addAll(List.of("n", Integer.toString(random.nextInt(10))));
    }
    if (random.nextInt(3) == 0) {
      fields.addAll(List.of("level", "ERROR"));
    }
    if (random.nextInt(4) == 0) {
      fields.addAll(List.of("user", "c@example.org"));
    }
    LogRecord made = record(message, fields.toArray(String[]::new));
    int severity = Severity.parse(made.value("level"));
    return new LogRecord(made.time(), severity, made.message(), made.fields());
  }

  private static String anyChain(Random random) {
    List<String> transforms = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    boolean joined = false;
    for (int i = 0; i < count; i++) {
      String action;
      do {
        action = ACTIONS.get(random.nextInt(ACTIONS.size()));
        // Records that wait for lines come later than others, so what counts records comes before.
      } while (joined && (action.contains("sample") || action.contains("deduplicate")));
      joined |= action.contains("join");
      transforms.add(
          "{'name':'t%d','filter':'%s',%s}"
              .formatted(
                  i, FILTERS.get(random.nextInt(FILTERS.size())).replace("'", "\\'"), action));
    }
    return "[" + String.join(",", transforms) + "]";
  }

  /** What is stored, by stream. */
  private static Map<String, List<String>> stored(
      Chains chains, String json, List<LogRecord> input, int size) {
    TransformChain chain = chains.chain(json);
    List<Portion> portions = new ArrayList<>();
    Receipt receipt = new Chains.Waiter();
    for (int from = 0; from < input.size(); from += size) {
      List<LogRecord> part = input.subList(from, Math.min(input.size(), from + size));
      portions.addAll(
          chain.run(
              new Work(Batches.of(part.toArray(LogRecord[]::new)), Set.of(receipt), null, true)));
    }
    portions.addAll(chain.expire(Long.MAX_VALUE, true));
    Map<String, List<String>> streams = new TreeMap<>();
    for (Portion portion : portions) {
      for (int row = 0; row < portion.batch().size(); row++) {
        LogRecord record = portion.batch().record(row);
        List<String> fields = record.fields().stream().map(Object::toString).sorted().toList();
        streams
            .computeIfAbsent(
                portion.batch().stream(portion.batch().streamOrdinal(row)).canonical(),
                (key) -> new ArrayList<>())
            .add(record.message() + record.severity() + fields);
      }
    }
    streams.values().forEach((records) -> records.sort(null));
    return streams;
  }

  @Test
  void transforms_onBatches_equalTransformsOnSingleRecords() {
    Chains chains = new Chains();
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      String json = anyChain(random);
      List<LogRecord> records = new ArrayList<>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        records.add(any(random));
      }
      Map<String, List<String>> single = stored(chains, json, records, 1);
      for (int size : List.of(7, records.size())) {
        assertThat(stored(chains, json, records, size))
            .as("seed %d, batches of %d: %s", seed, size, json)
            .isEqualTo(single);
      }
    }
  }
}
