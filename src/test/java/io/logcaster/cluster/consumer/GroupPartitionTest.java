package io.logcaster.cluster.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GroupPartitionTest {

  private final GroupPartition partition = new GroupPartition("client", 9, 10);
  private final CompletableFuture<String> first = new CompletableFuture<>();
  private final CompletableFuture<String> second = new CompletableFuture<>();

  private void handInTwo() {
    partition.handedIn(10, 14, first);
    partition.handedIn(15, 19, second);
    partition.advance(20);
  }

  @Test
  void batches_areForgottenInTheirOrder_whenTheyAreStored() throws Exception {
    handInTwo();

    second.complete("stored");
    assertThat(partition.settle()).isTrue();
    assertThat(partition.firstUnsettled()).isEqualTo(10);
    assertThat(partition.isSettled()).isFalse();
    assertThat(partition.await(1)).isFalse();

    first.complete("stored");
    assertThat(partition.await(1)).isTrue();
    assertThat(partition.isSettled()).isTrue();
    assertThat(partition.firstUnsettled()).isEqualTo(20);
    assertThat(partition.last()).isEqualTo(19);
  }

  @Test
  void firstBatchThatFailed_isWhereReadingBeginsAgain_whenTheOthersHaveEnded() throws Exception {
    handInTwo();

    first.completeExceptionally(new IOException("injected"));
    assertThat(partition.settle()).isFalse();
    assertThat(partition.firstUnsettled()).isEqualTo(10);
    assertThat(partition.await(1)).isFalse();

    second.completeExceptionally(new IOException("injected"));
    assertThat(partition.await(1)).isTrue();
    assertThat(partition.isSettled()).isFalse();
    partition.rewind(9);

    assertThat(partition.settle()).isTrue();
    assertThat(partition.next()).isEqualTo(10);
    assertThat(partition.last()).isEqualTo(9);
  }

  @Test
  void batchThatWasStoredAlthoughItFailed_isNotReadAgain() {
    handInTwo();
    first.completeExceptionally(new IOException("injected"));
    second.completeExceptionally(new IOException("injected"));
    partition.settle();

    partition.rewind(14);

    assertThat(partition.next()).isEqualTo(15);
    assertThat(partition.last()).isEqualTo(14);
  }

  @Test
  void rewind_withoutAFailure_keepsWhatIsOnItsWay() {
    handInTwo();

    partition.rewind(9);

    assertThat(partition.next()).isEqualTo(20);
    assertThat(partition.firstUnsettled()).isEqualTo(10);
    assertThat(partition.isSettled()).isFalse();
  }
}
