package io.logcaster.nodes;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A LogCaster without others. */
public final class LoneNode {

  private LoneNode() {}

  public static NodeLists answers() {
    Nodes nodes =
        new Nodes(
            new NodesProperties(
                List.of(), null, null, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    NodeCalls calls = new NodeCalls(nodes, new NodePresence(null, nodes.id()), Clock.systemUTC());
    return new NodeLists(
        nodes, calls, new NodeName(new NodeProperties("lone", null), () -> "8080"));
  }
}
