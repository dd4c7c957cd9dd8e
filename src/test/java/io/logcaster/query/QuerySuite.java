package io.logcaster.query;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records, and queries over them whose rows come in one order only: every engine has to agree. */
final class QuerySuite {

  private static final int RECORDS = 6_000;

  private static final String[] LEVELS = {"DEBUG", "INFO", "INFO", "WARN", "ERROR"};

  private QuerySuite() {}

  static List<RecordBatch> batches() {
    List<RecordBatch> batches = new ArrayList<>();
    Random random = new Random(42);
    RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
    int app = builder.column("app");
    int ms = builder.column("ms");
    int day = builder.column("day");
    for (int i = 0; i < RECORDS; i++) {
      // Every time once, but not in order, and some of them in memory only.
      builder.time(Records.START + (i * 7919L % RECORDS) * Timestamps.SECOND);
      builder.value(app, "app-" + random.nextInt(8));
      builder.value(RecordBatchBuilder.LEVEL, LEVELS[random.nextInt(LEVELS.length)]);
      builder.value(ms, Integer.toString(random.nextInt(500)));
      builder.value(day, Double.toString(random.nextInt(7) / 2.0));
      builder.value(
          RecordBatchBuilder.MESSAGE,
          (random.nextInt(3) == 0)
              ? "user u" + random.nextInt(40) + " logged in, session " + random.nextInt(1_000)
              : "request " + i + " took " + random.nextInt(90) + " ms with status 200");
      builder.end();
      if (i % 1_000 == 999) {
        batches.add(builder.build());
      }
    }
    return batches;
  }

  static List<String> queries() {
    return List.of(
        "* | sort by (_time desc) limit 100",
        "* | sort by (_time) limit 7",
        "* | sort by (_time desc) offset 50 limit 20",
        "level:ERROR | sort by (_time desc) limit 100",
        "session | sort by (_time desc) limit 10 | fields _time, _msg, _stream",
        "* | fields _time, _msg | sort by (_time desc) limit 12",
        "* | delete _msg | sort by (_time desc) limit 12",
        "u7 | sort by (_time desc)",
        "* | sort by (ms desc, _time) limit 9",
        "* | sort by (_time desc) partition by (app) limit 2",
        "* | len(_msg) as l | sort by (l desc, _msg) limit 40",
        "* | len(_msg) as l | sort by (l, ms desc, _time) offset 3 limit 5 | delete _msg",
        "* | sort by (day desc, ms desc, _time) limit 25",
        "* | sort by (missing, _time) limit 4",
        "* | len(_msg) as l | stats quantile(0.5, l) m, quantile(0.99, l) q, sum(l) s, max(l) x",
        "* | len(_msg) as l | stats by (app) median(l) m, count_uniq(l) u | sort by (app)",
        "* | len(_msg) as l | filter l:>30 | stats count() n, min(l) m, uniq_values(l) v",
        "* | len(_msg) as l | filter l:~\"7$\" | format \"<l> bytes\" as l | top 3 by (l)",
        "* | collapse_nums at _msg | top 5 by (_msg)",
        "u7 or 200 | collapse_nums at _msg prettify | stats by (_msg) count() n | sort by (_msg)",
        "* | collapse_nums at _msg | len(_msg) as l | sort by (l desc, _msg, _time) limit 9",
        "* | collapse_nums at ms | hash(ms) as h | uniq by (ms, h) with hits | sort by (ms)",
        "* | len(day) as l | len(l) as k | stats by (l, k) count() n | sort by (l)",
        "* | sort by (_time desc) limit 20000 | stats count() n, min(_time) first",
        "* | first 5 by (_time)",
        "* | last 5 by (_time)",
        "session | sort by (_time desc) limit 3 | union (level:WARN | sort by (_time) limit 2)",
        "u7 or 200 | stats count() n, count_uniq(_msg) u",
        "\"took 17 ms\" | stats by (app) count() n | sort by (app)",
        "* | stats by (level) count() n | sort by (level)",
        "* | stats by (app, level) count() n, sum(ms) s | sort by (app, level)",
        "* | stats by (_time:10m) count() n | sort by (_time)",
        "~\"logged in, session [0-9]+5\" | stats count() n",
        "* | extract \"took <t> ms\" | stats sum(t) s",
        "* | field_names | sort by (name)",
        "* | stats by (_time:1h) count() n | sort by (_time)",
        "* | stats by (_time:20m offset 5m) count() n | sort by (_time)",
        "* | stats by (_time:1500ms) count() n | sort by (_time)",
        "* | stats by (_time:week) count() n, rate() r | sort by (_time)",
        "* | stats by (_time:year) count() n | sort by (_time)",
        "* | stats by (_time:1d, level) count() n | sort by (_time, level)",
        "* | stats by (_time:month, app) count() n, count_uniq(level) u | sort by (_time, app)",
        "level:ERROR | stats by (app) count() n | sort by (app)",
        "level:>=WARN | stats count() n, count() if (app:app-3) m, rate() r",
        "{app=~\"app-[1-3]\"} !level:INFO | stats by (app, level) count() n | sort by (app, level)",
        "app:app-1 or level:WARN | stats by (_stream) count() n | sort by (_stream)",
        "_time:2026-03-04T06Z level:INFO | stats count(level) n, count(missing) m, count_empty(ms)"
            + " e",
        "_time:[2026-03-04T05:30Z, 2026-03-04T06:10Z) | stats by (level) count() n | sort by"
            + " (level)",
        "!_time:2026-03-04T06Z | stats by (level) count() n | sort by (level)",
        "* | stats by (app) min(level) a, max(level) b, uniq_values(level) c | sort by (app)",
        "* | uniq by (app, level) with hits | sort by (app, level)",
        "* | top 3 by (level)",
        "* | stats by (level) sum(day) s, avg(day) a, rate_sum(day) r, count() n | sort by (level)",
        "level:in(WARN,ERROR) | field_values app | sort by (app)",
        "level:ERROR | field_names filter s",
        "* | facets 5",
        "level:WARN | facets 3 max_values_per_field 100 keep_const_fields",
        "took | facets 20 max_value_len 4",
        "* | stats by (level) quantile(0.9, ms) q, median(day) m, sum_len(app) l | sort by (level)",
        "u7 | stats histogram(ms) h, count() n",
        "\"session 17\" or \"logged in, session\" | stats count() n, count_uniq(_stream) u",
        "\"in session\" or \"u7 logged\" | stats by (level) count() n | sort by (level)");
  }
}
