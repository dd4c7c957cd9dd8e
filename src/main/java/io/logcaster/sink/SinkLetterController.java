package io.logcaster.sink;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.Timestamps;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of the records that receivers refused for good. */
@RestController
@RequestMapping("/api/v1/sinks/{id}/dead-letters")
final class SinkLetterController {

  private static final int MAX_LIMIT = 1_000;
  private static final int SAMPLE = 3;

  private final Sinks sinks;

  SinkLetterController(Sinks sinks) {
    this.sinks = sinks;
  }

  /** The newest dead letters, the newest first, each with some of its records. */
  @GetMapping
  List<DeadLetters.View> list(
      @PathVariable String id, @RequestParam(defaultValue = "100") int limit) throws IOException {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST, "invalid_argument", "'limit' must be between 1 and 1,000.");
    }
    DeadLetters letters = running(id).letters();
    List<DeadLetters.View> views = new ArrayList<>();
    for (long number : letters.newest(limit)) {
      DeadLetters.Letter letter = letters.read(number);
      if (letter != null) {
        views.add(letter.view(sample(letter)));
      }
    }
    return views;
  }

  private static List<Map<String, String>> sample(DeadLetters.Letter letter) {
    List<Map<String, String>> sample = new ArrayList<>();
    for (int row = 0; row < Math.min(SAMPLE, letter.batch().size()); row++) {
      LogRecord record = letter.batch().record(row);
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put(Field.TIME, Timestamps.format(record.time()));
      fields.put(Field.MESSAGE, record.message());
      record.fields().forEach((field) -> fields.put(field.name(), field.value()));
      sample.add(fields);
    }
    return sample;
  }

  /** Puts its records into the queue again, and removes it. */
  @PostMapping("/{letter}/resend")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void resend(@PathVariable String id, @PathVariable long letter) throws IOException {
    RunningSink sink = running(id);
    DeadLetters.Letter found = sink.letters().read(letter);
    if (found == null) {
      throw unknown(id, letter);
    }
    sink.add(found.batch());
    sink.letters().remove(letter);
  }

  @DeleteMapping("/{letter}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, @PathVariable long letter) throws IOException {
    RunningSink sink = running(id);
    DeadLetters.Letter found = sink.letters().read(letter);
    if (found == null) {
      throw unknown(id, letter);
    }
    sink.letters().remove(letter);
    sink.counters().drop(SinkCounters.DELETED, found.records());
  }

  private RunningSink running(String id) {
    return sinks.find(id).orElseThrow(() -> SinkController.SINKS.unknown(id));
  }

  private static ProblemException unknown(String id, long letter) {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "unknown_letter",
        "The sink '%s' has no dead letter %d. GET /api/v1/sinks/%s/dead-letters lists all."
            .formatted(id, letter, id));
  }
}
