package io.logcaster.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.query.lang.Parser;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters on words of the message select the same with and without the common search. */
class MessageScanTest {

  private static final List<String> WORDS =
      List.of("error", "err", "timeout", "time", "out", "späť", "a", "ab", "aab", "disk full");

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
      text.append(List.of(" ", "", "=", "_", "  ").get(random.nextInt(5)));
    }
    return text.toString();
  }

  @Test
  void texts_areFoundWhereTheyAre() {
    Random random = new Random(Seeds.fresh());
    for (int round = 0; round < 300; round++) {
      List<String> texts =
          IntStream.rangeClosed(0, random.nextInt(5))
              .mapToObj((i) -> WORDS.get(random.nextInt(WORDS.size())))
              .filter((text) -> text.length() > 1)
              .toList();
      RecordBatch batch =
          Batches.of(
              IntStream.range(0, 20)
                  .mapToObj((i) -> Chains.record(text(random)))
                  .toArray(LogRecord[]::new));
      Bitmap[] found = new LiteralScan(texts).find(batch.column(Field.MESSAGE), batch.size());
      for (int i = 0; i < texts.size(); i++) {
        for (int row = 0; row < batch.size(); row++) {
          assertThat(found[i] != null && found[i].get(row))
              .as(
                  "%s in '%s', %s",
                  texts.get(i), batch.record(row).message(), Seeds.told(Seeds.fresh()))
              .isEqualTo(batch.record(row).message().contains(texts.get(i)));
        }
      }
    }
  }

  @Test
  void filters_selectTheSameTogetherAsAlone() {
    Random random = new Random(Seeds.fresh());
    List<String> filters =
        List.of(
            "error",
            "timeout app:=shop",
            "\"disk full\"",
            "err*",
            "time or out",
            "*ab*",
            "!error",
            "error !timeout",
            "app:=shop or error",
            "(ab or späť) and level:=x",
            "i(ERROR)",
            "a");
    for (int round = 0; round < 50; round++) {
      LogRecord[] records =
          IntStream.range(0, 30)
              .mapToObj((i) -> Chains.record(text(random)))
              .toArray(LogRecord[]::new);
      List<Map<String, String>> together = rows(filters, records);
      for (int i = 0; i < filters.size(); i++) {
        List<Map<String, String>> alone = rows(List.of(filters.get(i)), records);
        for (int row = 0; row < records.length; row++) {
          assertThat(together.get(row).get("f" + i))
              .as(
                  "%s on '%s', %s",
                  filters.get(i), records[row].message(), Seeds.told(Seeds.fresh()))
              .isEqualTo(alone.get(row).get("f0"));
        }
      }
    }
  }

  /** A transform that changes messages decides what those after it see. */
  @Test
  void filtersBehindAChangedMessage_seeTheChange() {
    String json =
        "[{'name':'x','filter':'one','action':'replace','options':{'pipe':'replace (one, three)'}},"
            + "{'name':'y','filter':'three','action':'set','options':{'values':{'seen':'yes'}}},"
            + "{'name':'z','filter':'one','action':'set','options':{'values':{'seen':'no'}}}]";
    assertThat(Chains.run(new Chains().chain(json), Chains.record("one"), Chains.record("two")))
        .extracting((row) -> row.get("_msg") + row.getOrDefault("seen", ""))
        .containsExactly("threeyes", "two");
  }

  private static List<Map<String, String>> rows(List<String> filters, LogRecord... records) {
    List<String> transforms = new ArrayList<>();
    for (int i = 0; i < filters.size(); i++) {
      transforms.add(
          "{'name':'t%d','filter':'%s','action':'set','options':{'values':{'f%d':'1'}}}"
              .formatted(i, filters.get(i).replace("\"", "\\\""), i));
    }
    return Chains.run(new Chains().chain("[" + String.join(",", transforms) + "]"), records);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "error | [error]",
        "\"disk full\" | [disk full]",
        "err* | [err]",
        "app:=shop error \"disk full\" | [disk full]",
        "error or fatal | [error, fatal]",
        "error or app:=shop | []",
        "app:error | []",
        "!error | []",
        "i(error) | []",
        "x | []",
        "* | []",
      })
  void textsThatAFilterRequires(String filter, String texts) {
    assertThat(Literals.of(Parser.parse(filter).filter())).hasToString(texts);
  }
}
