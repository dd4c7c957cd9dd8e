package io.logcaster.fleet;

import io.logcaster.nodes.NodeLists;
import io.logcaster.nodes.Nodes;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Tells other nodes how this one is. */
@RestController
final class NodeStatusController {

  static final String PATH = "/api/v1/node/status";

  private final OwnStatus own;
  private final NodeLists nodes;

  NodeStatusController(OwnStatus own, NodeLists nodes) {
    this.own = own;
    this.nodes = nodes;
  }

  @Operation(summary = "The state of this node, for another LogCaster")
  @GetMapping(PATH)
  ResponseEntity<NodeStatus> status(
      @RequestHeader(name = Nodes.CALLER, defaultValue = "") String caller) {
    return nodes.own(caller, own::now);
  }
}
