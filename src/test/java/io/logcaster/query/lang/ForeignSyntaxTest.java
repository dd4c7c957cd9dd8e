package io.logcaster.query.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people of other query languages write, and what they are told. */
class ForeignSyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "level=\"error\" |= \"x\" > 6 > write 'level:=\"error\"'",
        "level=~\"err.*\" > 6 > write 'level:~\"err.*\"'",
        "level == \"error\" > 8 > write 'level:=\"error\"'",
        "host=web* > 5 > write 'host:web*'",
        "index=main error > 6 > leave out 'index=main'",
        "sourcetype=access | stats count by host > 11 > write 'sourcetype:=access'",
        "* | stats count by host > 17 > write 'stats by (host) count()'",
        "* | stats count() as n by host > 24 > write 'stats by (host) count() as n'",
        "{app=\"shop\"} | json | x:=1 > 16 > write 'unpack_json'",
        "* | table host > 5 > write 'fields host, app'",
        "* | timechart count > 5 > write 'stats by (_time:5m) count()'",
        "* | stast count() > 5 > did you mean 'stats'?",
        "* | unroll_ by (a) > 5 > did you mean 'unroll'?",
        "* | fielsd a > 5 > did you mean 'fields'?",
        "rate({app=\"x\"}[5m]) > 1 > stats by (_time:5m) count()",
        "count(*) > 1 > write '… | stats count(…)'",
        "SELECT count(*) from logs > 8 > not SQL",
        "error && timeout > 7 > Write 'and'",
        "error || timeout > 8 > Write 'or'",
        "@timestamp:[now-1h TO now] > 1 > Write '_time:1h'",
        "status:[400 TO 499] > 8 > 'status:range[400, 499]'",
        "status:{400 TO 499} > 8 > 'status:range(400, 499)'",
        "* | sort -n > 10 > 'sort by (n desc)'",
        "/err.*/ > 7 > ~\"err.*\"",
        "logs | where level == \"error\" > 21 > write 'level:=\"error\"'",
      })
  void error_namesThePlaceAndWhatToWrite(String query, int column, String advice) {
    QuerySyntaxException error =
        catchThrowableOfType(QuerySyntaxException.class, () -> Parser.parse(query));
    assertThat(error).as(query).isNotNull();
    assertThat(error.detail()).contains(advice);
    assertThat(error.column()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "(error > Expected ')'",
        "\"error > This quote is never closed",
        "* | bogus > There is no pipe 'bogus'",
        "nothing(a) > There is no filter function 'nothing'",
      })
  void otherErrors_stayAsTheyAre(String query, String detail) {
    QuerySyntaxException error =
        catchThrowableOfType(QuerySyntaxException.class, () -> Parser.parse(query.strip()));
    assertThat(error.detail()).startsWith(detail.strip());
  }
}
