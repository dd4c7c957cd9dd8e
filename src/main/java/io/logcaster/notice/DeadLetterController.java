package io.logcaster.notice;

import io.logcaster.notice.delivery.DeadLetter;
import io.logcaster.notice.delivery.LetterStore;
import io.logcaster.notice.delivery.NoticeQueue;
import io.logcaster.system.ApiResource;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of notices that could not be delivered. */
@RestController
@RequestMapping({"/api/v1/alerts/channels/dead-letters", "/api/v1/channels/dead-letters"})
final class DeadLetterController {

  private static final ApiResource LETTERS =
      new ApiResource("/api/v1/channels/dead-letters", "dead letter", "dead letters");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final LetterStore store;
  private final NoticeQueue queue;

  DeadLetterController(LetterStore store, NoticeQueue queue) {
    this.store = store;
    this.queue = queue;
  }

  /** The latest first. */
  @GetMapping
  List<DeadLetter> list() {
    return store.deadLetters();
  }

  /** Sends one again, behind what waits for its channel. */
  @PostMapping("/{id}/send")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void send(@PathVariable String id) {
    if (!queue.sendAgain(number(id))) {
      throw LETTERS.unknown(id);
    }
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    if (!store.deleteDead(number(id))) {
      throw LETTERS.unknown(id);
    }
  }

  private static long number(String id) {
    if (!NUMBER.matcher(id).matches()) {
      throw LETTERS.unknown(id);
    }
    return Long.parseLong(id);
  }
}
