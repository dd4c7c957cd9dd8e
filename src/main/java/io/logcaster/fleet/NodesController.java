package io.logcaster.fleet;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/nodes}: all nodes with their state. */
@RestController
@Tag(name = "nodes", description = "The LogCasters that belong together.")
final class NodesController {

  private final Fleet fleet;

  NodesController(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * All nodes.
   *
   * @param nodes the one that answers first, the others by their names
   */
  record NodeList(List<Fleet.NodeView> nodes) {}

  @Operation(
      summary = "List the nodes with their roles, versions, health and load",
      description =
          "A node that does not answer within two seconds has an error, and its state when it was"
              + " last heard of. A LogCaster that is alone lists itself.")
  @GetMapping("/api/v1/nodes")
  ResponseEntity<NodeList> nodes() throws InterruptedException {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new NodeList(fleet.all()));
  }
}
