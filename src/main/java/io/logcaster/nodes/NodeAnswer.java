package io.logcaster.nodes;

import io.logcaster.system.ProblemException;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What this node answers to {@link NodeCalls} of others. */
public final class NodeAnswer {

  private NodeAnswer() {}

  /**
   * An answer with the name of this process.
   *
   * @param caller the name of the process that asks, from the header {@link Nodes#CALLER}
   * @throws ProblemException 409 {@code node_is_caller} if that is this one
   */
  public static <T> ResponseEntity<T> of(Nodes nodes, String caller, Supplier<T> body) {
    if (caller.equals(nodes.id())) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "node_is_caller", "This is the node that asks.");
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header(Nodes.CALLER, nodes.id())
        .body(body.get());
  }
}
