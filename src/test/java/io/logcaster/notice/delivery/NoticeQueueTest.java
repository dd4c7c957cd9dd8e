package io.logcaster.notice.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.TestClock;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.notice.channel.Channel;
import io.logcaster.notice.channel.DeliveryException;
import io.logcaster.notice.channel.Notice;
import io.logcaster.notice.channel.Notices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticeQueueTest {

  private final ControlDb db = new ControlDb();
  private final LetterStore store = new LetterStore(db.jdbc());
  private final TestClock clock = new TestClock(Notices.NOW);
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final Queue<DeliveryException> failures = new ArrayDeque<>();
  private final Channel channel = this::send;
  private NoticeQueue queue = queue();

  private NoticeQueue queue() {
    return new NoticeQueue(
        store,
        (id) -> new ChannelLookup.Ready(channel, 4, (text) -> text.replace("s3cret", "***")),
        clock,
        new Random(7));
  }

  private synchronized void send(Notice notice) throws DeliveryException {
    DeliveryException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    sent.add(notice.id());
  }

  @AfterEach
  void close() {
    queue.stop();
    db.close();
  }

  @Test
  void notices_areDeliveredInOrder() {
    add("n1");
    add("n2");

    assertThat(queue.step("c")).isEqualTo(clock.instant());
    queue.step("c");
    assertThat(queue.step("c")).isNull();
    assertThat(sent).containsExactly("n1", "n2");
    assertThat(store.waiting()).isEmpty();
    assertThat(queue.sent()).isEqualTo(2);
  }

  @Test
  void failedNotice_isTriedAgainLaterAndLater_beforeTheNext() {
    add("n1");
    add("n2");
    fail(3);
    Duration pause = Duration.ZERO;
    for (int attempt = 1; attempt <= 3; attempt++) {
      Instant due = queue.step("c");
      Duration next = Duration.between(clock.instant(), due);
      Duration longest = Duration.ofSeconds(1L << (attempt - 1));
      assertThat(next).isBetween(longest.dividedBy(2), longest);
      assertThat(next).isGreaterThanOrEqualTo(pause);
      assertThat(queue.step("c")).as("not before it is due").isEqualTo(due);
      assertThat(queue.failures()).containsEntry("c", "busy ***");
      pause = next;
      clock.advance(next);
    }
    queue.step("c");
    queue.step("c");

    assertThat(sent).containsExactly("n1", "n2");
    assertThat(queue.failures()).isEmpty();
    assertThat(queue.failedAttempts()).isEqualTo(3);
  }

  @Test
  void receiverThatAsksForTime_getsIt() {
    add("n1");
    failures.add(temporary(Duration.ofMinutes(3)));

    assertThat(queue.step("c")).isEqualTo(clock.instant().plus(Duration.ofMinutes(3)));
  }

  private static DeliveryException temporary(Duration after) {
    return DeliveryException.busy("busy s3cret", after);
  }

  @Test
  void noticeThatFailsAtEachAttempt_becomesADeadLetter_thatCanBeSentAgain() {
    add("n1");
    add("n2");
    fail(4);
    for (int attempt = 0; attempt < 4; attempt++) {
      queue.step("c");
      clock.advance(Duration.ofHours(1));
    }
    queue.step("c");

    assertThat(sent).containsExactly("n2");
    DeadLetter letter = store.deadLetters().getFirst();
    assertThat(letter.notice()).isEqualTo("n1");
    assertThat(letter.attempts()).isEqualTo(4);
    assertThat(letter.error()).isEqualTo("busy ***");
    assertThat(letter.title()).startsWith("[FIRING] Errors");
    assertThat(queue.sendAgain(letter.id())).isTrue();
    queue.step("c");
    assertThat(sent).containsExactly("n2", "n1");
    assertThat(store.deadLetters()).isEmpty();
    assertThat(queue.sendAgain(letter.id())).isFalse();
  }

  @Test
  void permanentFailure_becomesADeadLetterAtOnce() {
    add("n1");
    failures.add(DeliveryException.permanent("no such topic", null));
    queue.step("c");

    assertThat(store.deadLetters()).hasSize(1);
    assertThat(store.deleteDead(store.deadLetters().getFirst().id())).isTrue();
    assertThat(store.dead()).isZero();
  }

  @Test
  void restart_deliversWhatWasLeft_withTheAttemptsItHas() {
    add("n1");
    fail(1);
    Instant due = queue.step("c");
    queue = queue();

    assertThat(queue.step("c")).isEqualTo(due);
    clock.advance(Duration.ofSeconds(1));
    queue.step("c");
    assertThat(sent).containsExactly("n1");
  }

  @Test
  void queue_isBounded_andSoAreDeadLetters() {
    for (int i = 0; i < NoticeQueue.MAX_WAITING + 3; i++) {
      add("n" + i);
    }
    assertThat(store.waiting("c")).isEqualTo(NoticeQueue.MAX_WAITING);
    assertThat(store.deadLetters())
        .extracting(DeadLetter::notice)
        .containsExactly("n1002", "n1001", "n1000");
    queue.abandon("c");
    store.add("c", Notices.firing("last"), "t", clock.instant());
    failures.add(DeliveryException.permanent("no", null));
    queue.step("c");
    assertThat(store.dead()).isEqualTo(LetterStore.MAX_DEAD);
    assertThat(store.deadLetters().getFirst().notice()).isEqualTo("last");
  }

  @Test
  void workers_deliverWhatWasLeftAndWhatIsAdded_eachChannelForItself() {
    add("n1");
    queue.start();
    await().untilAsserted(() -> assertThat(sent).containsExactly("n1"));
    for (int i = 0; i < 20; i++) {
      queue.add("c", Notices.firing("m" + i), "t");
      queue.wake("c");
      queue.add("d", Notices.firing("d" + i), "t");
      queue.wake("d");
    }
    await().untilAsserted(() -> assertThat(sent).hasSize(41));
    assertThat(sent.stream().filter((id) -> id.startsWith("m")).toList())
        .isEqualTo(java.util.stream.IntStream.range(0, 20).mapToObj((i) -> "m" + i).toList());
    // A worker takes a letter out of the queue after its channel has it.
    await().untilAsserted(() -> assertThat(store.waiting()).isEmpty());
  }

  private void add(String id) {
    queue.add("c", Notices.firing(id), Notices.firing(id).title());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      failures.add(temporary(null));
    }
  }
}
