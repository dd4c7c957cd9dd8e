package io.logcaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.TestClock;
import io.logcaster.alert.rule.ControlDb;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private final ControlDb db = new ControlDb();
  private final TestClock clock = new TestClock(Instant.parse("2026-11-30T10:00:00Z"));
  private final Lease first = lease("first");
  private final Lease second = lease("second");

  @AfterEach
  void close() {
    db.close();
  }

  private Lease lease(String holder) {
    return new Lease(db.jdbc(), "alerts", holder, clock);
  }

  @Test
  void lease_hasOneHolder_whoKeepsItWhileItLives() {
    assertThat(first.beat()).isTrue();
    for (int second = 0; second < 60; second++) {
      assertThat(this.second.beat()).isFalse();
      clock.advance(Duration.ofSeconds(1));
      assertThat(first.beat()).isTrue();
    }
    assertThat(first.isHeld()).isTrue();
    assertThat(second.isHeld()).isFalse();
    assertThatCode(first::verify).doesNotThrowAnyException();
    assertThatThrownBy(second::verify).isInstanceOf(Lease.LostException.class);
  }

  @Test
  void holder_thatDies_isReplacedWithinTenSeconds_andDoesNotTrustItself() {
    first.beat();
    second.beat();

    int waited = 0;
    while (!second.beat()) {
      clock.advance(Duration.ofSeconds(1));
      waited++;
      assertThat(waited).isLessThan(10);
      assertThat(first.isHeld() && second.isHeld()).isFalse();
    }

    assertThat(first.isHeld()).isFalse();
    assertThatThrownBy(first::verify).isInstanceOf(Lease.LostException.class);
    assertThat(first.beat()).as("it finds out").isFalse();
    assertThat(second.isHeld()).isTrue();
  }

  @Test
  void holder_thatSlept_goesOnIfNobodyHasReplacedIt() {
    first.beat();
    clock.advance(Duration.ofMinutes(1));

    assertThat(first.isHeld()).isFalse();
    assertThat(first.beat()).isTrue();
    assertThat(first.isHeld()).isTrue();
  }

  @Test
  void holder_thatStops_isReplacedAtOnce() {
    first.beat();
    first.release();

    assertThat(first.isHeld()).isFalse();
    assertThat(second.beat()).isTrue();
    assertThat(first.beat()).isFalse();
  }

  @Test
  void serverThatIsAlone_holdsEveryLease() {
    Lease alone = Lease.alone();

    assertThat(alone.isHeld() && alone.beat()).isTrue();
    assertThat(alone.isShared()).isFalse();
    assertThatCode(alone::verify).doesNotThrowAnyException();
  }
}
