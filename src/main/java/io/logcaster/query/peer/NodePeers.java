package io.logcaster.query.peer;

import io.logcaster.nodes.Nodes;
import io.logcaster.query.exec.Peers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Asks the other nodes over HTTP. Thread-safe. */
public final class NodePeers implements Peers {

  /** Where nodes answer. */
  public static final String PATH = "/api/v1/node/query";

  private static final JsonMapper JSON = new JsonMapper();

  private final Nodes nodes;

  public NodePeers(Nodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public @Nullable Answers ask(Question question) {
    return nodes.list().isEmpty()
        ? null
        : new NodeAnswers(nodes, JSON.writeValueAsBytes(PartialQuery.of(question)));
  }
}
