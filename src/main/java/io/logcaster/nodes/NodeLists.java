package io.logcaster.nodes;

import io.logcaster.nodes.NodeCalls.Answer;
import io.logcaster.system.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Lists of all nodes, and what this node answers to those that make such lists. */
public final class NodeLists {

  /** The header with the name of the node that answers. */
  static final String NAME = "X-LogCaster-Node-Name";

  /** As answers to queries have them. */
  private static final String PARTIAL = "X-LogCaster-Partial";

  private static final String REASON = "X-LogCaster-Partial-Reason";

  private static final int MAX_REASON = 1_000;

  private static final JsonMapper JSON = new JsonMapper();

  private final Nodes nodes;
  private final NodeCalls calls;
  private final NodeName name;

  public NodeLists(Nodes nodes, NodeCalls calls, NodeName name) {
    this.nodes = nodes;
    this.calls = calls;
    this.name = name;
  }

  /**
   * An answer to another node.
   *
   * @param caller the name of the process that asks, from the header {@link Nodes#CALLER}
   * @throws ProblemException 409 {@code node_is_caller} if that is this one
   */
  public <T> ResponseEntity<T> own(String caller, Supplier<T> body) {
    if (caller.equals(nodes.id())) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "node_is_caller", "This is the node that asks.");
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header(Nodes.CALLER, nodes.id())
        .header(NAME, name.get())
        .body(body.get());
  }

  /**
   * Whether an argument asks for all nodes, and there are any.
   *
   * @param which {@code all}, or empty for this node alone
   * @throws ProblemException 400 {@code invalid_argument} for anything else
   */
  public boolean isFleet(String which) {
    if (!which.isEmpty() && !which.equals("all")) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "invalid_argument",
          "The argument 'nodes' is all or absent, not '%s'.".formatted(which));
    }
    return which.equals("all") && !calls.isAlone();
  }

  /** The name of this node. */
  public String name() {
    return name.get();
  }

  /**
   * What the other nodes answer. Those that do not are named in headers of the response.
   *
   * @param path with its arguments
   * @param type of each answer
   * @param named adds the node's name to what it answered
   */
  public <A, T> List<T> others(
      String path, Class<A> type, BiFunction<A, String, T> named, HttpServletResponse response) {
    List<T> all = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<Answer> answers;
    try {
      answers = calls.get(path, NodeCalls.WAIT);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return all;
    }
    for (Answer answer : answers) {
      if (answer.body() != null) {
        try {
          all.add(named.apply(JSON.treeToValue(answer.body(), type), answer.label()));
        } catch (JacksonException ex) {
          missing.add(answer.name() + ": its answer is not that of a LogCaster");
        }
      } else {
        missing.add(answer.name() + ": " + answer.error());
      }
    }
    note(missing, response);
    return all;
  }

  /** As {@link #others}, where nodes answer lists, which are joined after that of this node. */
  public <A> List<A> joined(
      String path,
      Class<A[]> type,
      List<A> own,
      BiFunction<A, String, A> named,
      HttpServletResponse response) {
    List<A> all = new ArrayList<>();
    own.forEach((each) -> all.add(named.apply(each, name.get())));
    others(
            path,
            type,
            (each, node) -> Arrays.stream(each).map((one) -> named.apply(one, node)).toList(),
            response)
        .forEach(all::addAll);
    return all;
  }

  private static void note(List<String> missing, HttpServletResponse response) {
    if (!missing.isEmpty()) {
      String text = String.join("; ", missing).replaceAll("[^\\x20-\\x7e]", "?");
      response.setHeader(PARTIAL, "node_missing");
      response.setHeader(
          REASON, (text.length() > MAX_REASON) ? text.substring(0, MAX_REASON) : text);
    }
  }
}
