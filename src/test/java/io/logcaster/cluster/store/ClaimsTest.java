package io.logcaster.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.cluster.store.Claims.Range;
import io.logcaster.nodes.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {

  @Test
  void claims_printAndParse() throws IOException {
    Claims claims =
        Claims.NONE.with("b", new Range(0, 7)).with("a", new Range(8, Long.MAX_VALUE - 1));

    assertThat(claims.print()).isEqualTo("2 a:8-9223372036854775806 b:0-7");
    assertThat(Claims.parse(claims.print())).isEqualTo(claims);
    assertThat(claims.with("b", new Range(9, 9)).of("b")).isEqualTo(new Range(9, 9));
    assertThat(claims.without("a").without("b").print()).isEmpty();
    assertThat(claims.of("c")).isNull();
  }

  @Test
  void metadata_ofOthersOrNone_isNoClaim() throws IOException {
    assertThat(Claims.parse(null)).isEqualTo(Claims.NONE);
    assertThat(Claims.parse("")).isEqualTo(Claims.NONE);
    for (String foreign :
        new String[] {"3 a:1-2", "2 a:1", "2 a=1", "1 a:1-2 ", "note of a tool"}) {
      assertThatThrownBy(() -> Claims.parse(foreign)).as(foreign).isInstanceOf(IOException.class);
    }
  }

  @Test
  void claimsOfSixtyNodes_fitIntoTheMetadata() {
    Map<String, Range> many = new TreeMap<>();
    for (int node = 0; node < 60; node++) {
      many.put("%012d".formatted(node), new Range(1_000_000_000_000_000L, 1_000_000_000_000_999L));
    }

    assertThat(new Claims(many, List.of(), Set.of()).print().length())
        .isLessThan(Claims.MAX_LENGTH);
  }

  @Test
  void holdings_followTheOwners_andLeaveOutTheOldest() throws IOException {
    Claims claims =
        Claims.NONE
            .holding("a", new Range(0, 4))
            .holding("a", new Range(5, 9))
            .holding("b", new Range(10, 10))
            .holding("a", new Range(11, 20))
            .with("a", new Range(15, 20))
            .removing(Set.of("c"));

    assertThat(claims.print()).isEqualTo("2 a:15-20 a=0-9 b=10-10 a=11-20 c!");
    assertThat(Claims.parse(claims.print())).isEqualTo(claims);
    assertThat(claims.heldBy("a")).containsExactly(new Range(0, 9), new Range(11, 20));
    assertThat(claims.after(10).heldBy("a")).containsExactly(new Range(11, 20));
    assertThat(Claims.parse("1 a:3-5").heldBy("a")).containsExactly(new Range(3, 5));

    for (int change = 0; change < 500; change++) {
      claims = claims.holding("n" + change % 3, new Range(1_000L * change, 1_000L * change + 999));
    }

    Claims kept = Claims.parse(claims.print());
    assertThat(claims.print().length()).isBetween(Claims.MAX_LENGTH - 50, Claims.MAX_LENGTH);
    assertThat(kept.ranges()).isEqualTo(claims.ranges());
    assertThat(kept.removed()).containsExactly("c");
    assertThat(kept.holdings().getLast()).isEqualTo(claims.holdings().getLast());
  }

  @Test
  void identity_staysWithItsDirectory(@TempDir Path directory) throws IOException {
    String id = NodeId.of(directory);

    assertThat(id).matches("[0-9a-f]{12}");
    assertThat(NodeId.of(directory)).isEqualTo(id);

    Files.writeString(directory.resolve(NodeId.FILE), "  \n");

    assertThatThrownBy(() -> NodeId.of(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("identity of a node");
  }
}
