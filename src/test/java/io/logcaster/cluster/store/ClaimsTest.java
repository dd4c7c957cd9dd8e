package io.logcaster.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.cluster.store.Claims.Range;
import io.logcaster.nodes.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {

  @Test
  void claims_printAndParse() throws IOException {
    Claims claims =
        Claims.NONE.with("b", new Range(0, 7)).with("a", new Range(8, Long.MAX_VALUE - 1));

    assertThat(claims.print()).isEqualTo("1 a:8-9223372036854775806 b:0-7");
    assertThat(Claims.parse(claims.print())).isEqualTo(claims);
    assertThat(claims.with("b", new Range(9, 9)).of("b")).isEqualTo(new Range(9, 9));
    assertThat(claims.without("a").without("b").print()).isEmpty();
    assertThat(claims.of("c")).isNull();
  }

  @Test
  void metadata_ofOthersOrNone_isNoClaim() throws IOException {
    assertThat(Claims.parse(null)).isEqualTo(Claims.NONE);
    assertThat(Claims.parse("")).isEqualTo(Claims.NONE);
    for (String foreign : new String[] {"2 a:1-2", "1 a:1", "1 a:1-2 ", "note of a tool"}) {
      assertThatThrownBy(() -> Claims.parse(foreign)).as(foreign).isInstanceOf(IOException.class);
    }
  }

  @Test
  void claimsOfSixtyNodes_fitIntoTheMetadata() {
    Map<String, Range> many = new TreeMap<>();
    for (int node = 0; node < 60; node++) {
      many.put("%012d".formatted(node), new Range(1_000_000_000_000_000L, 1_000_000_000_000_999L));
    }

    assertThat(new Claims(many).print().length()).isLessThan(Claims.MAX_LENGTH);
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
