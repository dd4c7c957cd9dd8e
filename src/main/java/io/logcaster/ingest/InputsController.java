package io.logcaster.ingest;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/inputs}: the inputs and their live connections. */
@RestController
class InputsController {

  private final List<Input> inputs;

  InputsController(List<Input> inputs) {
    this.inputs = inputs;
  }

  @GetMapping("/api/v1/inputs")
  Inputs inputs() {
    List<InputStats> stats = inputs.stream().map(Input::stats).toList();
    return new Inputs(
        stats.stream().map(InputItem::of).toList(),
        stats.stream().flatMap((input) -> input.connections().stream()).toList());
  }

  record Inputs(List<InputItem> inputs, List<InputStats.Connection> connections) {}

  record InputItem(
      String id,
      String protocol,
      String address,
      InputStats.State state,
      long received,
      long rejected,
      long bytes,
      long errors,
      int connections) {

    static InputItem of(InputStats stats) {
      return new InputItem(
          stats.id(),
          stats.protocol(),
          stats.address(),
          stats.state(),
          stats.received(),
          stats.rejected(),
          stats.bytes(),
          stats.errors(),
          stats.connections().size());
    }
  }
}
