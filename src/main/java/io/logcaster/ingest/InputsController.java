package io.logcaster.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.nodes.NodeLists;
import io.logcaster.nodes.Nodes;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/inputs}: the inputs and their live connections. */
@RestController
class InputsController {

  private static final String NODE_PATH = "/api/v1/node/inputs";

  private final List<Input> inputs;
  private final NodeLists nodes;

  InputsController(List<Input> inputs, NodeLists nodes) {
    this.inputs = inputs;
    this.nodes = nodes;
  }

  @Operation(
      summary = "List the inputs and their connections",
      description =
          "With nodes=all, those of all nodes, each with the name of its node. Nodes that do not"
              + " answer are named in the header X-LogCaster-Partial-Reason.")
  @GetMapping("/api/v1/inputs")
  Inputs inputs(
      @RequestParam(name = "nodes", defaultValue = "") String which, HttpServletResponse response) {
    if (!nodes.isFleet(which)) {
      return own();
    }
    List<InputItem> items = new ArrayList<>();
    List<ConnectionItem> connections = new ArrayList<>();
    Stream.concat(
            Stream.of(own().on(nodes.name())),
            nodes.others(NODE_PATH, Inputs.class, Inputs::on, response).stream())
        .forEach(
            (each) -> {
              items.addAll(each.inputs());
              connections.addAll(each.connections());
            });
    return new Inputs(items, connections);
  }

  @Operation(summary = "The inputs of this node, for another LogCaster")
  @GetMapping(NODE_PATH)
  ResponseEntity<Inputs> node(
      @RequestHeader(name = Nodes.CALLER, defaultValue = "") String caller) {
    return nodes.own(caller, this::own);
  }

  private Inputs own() {
    List<InputStats> stats = inputs.stream().map(Input::stats).toList();
    return new Inputs(
        IntStream.range(0, stats.size())
            .mapToObj((i) -> InputItem.of(stats.get(i), inputs.get(i).lag()))
            .toList(),
        stats.stream()
            .flatMap((input) -> input.connections().stream())
            .map(ConnectionItem::of)
            .toList());
  }

  record Inputs(List<InputItem> inputs, List<ConnectionItem> connections) {

    Inputs on(String node) {
      return new Inputs(
          inputs.stream().map((input) -> input.on(node)).toList(),
          connections.stream().map((connection) -> connection.on(node)).toList());
    }
  }

  /**
   * An input.
   *
   * @param lag how many messages wait at the source; absent for inputs that senders connect to
   * @param node the name of its node, where all are listed
   */
  record InputItem(
      String id,
      String protocol,
      String address,
      InputStats.State state,
      long received,
      long rejected,
      long bytes,
      long errors,
      int connections,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long lag,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String node) {

    static InputItem of(InputStats stats, long lag) {
      return new InputItem(
          stats.id(),
          stats.protocol(),
          stats.address(),
          stats.state(),
          stats.received(),
          stats.rejected(),
          stats.bytes(),
          stats.errors(),
          stats.connections().size(),
          lag < 0 ? null : Long.valueOf(lag),
          null);
    }

    InputItem on(String name) {
      return new InputItem(
          id, protocol, address, state, received, rejected, bytes, errors, connections, lag, name);
    }
  }

  /**
   * A live connection; see {@link InputStats.Connection}.
   *
   * @param node the name of its node, where all are listed
   */
  record ConnectionItem(
      String id,
      String input,
      String peer,
      String protocol,
      long records,
      long bytes,
      Instant since,
      long errors,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String node) {

    static ConnectionItem of(InputStats.Connection open) {
      return new ConnectionItem(
          open.id(),
          open.input(),
          open.peer(),
          open.protocol(),
          open.records(),
          open.bytes(),
          open.since(),
          open.errors(),
          null);
    }

    ConnectionItem on(String name) {
      return new ConnectionItem(id, input, peer, protocol, records, bytes, since, errors, name);
    }
  }
}
