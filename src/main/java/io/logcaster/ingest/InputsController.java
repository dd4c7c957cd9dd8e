package io.logcaster.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
        IntStream.range(0, stats.size())
            .mapToObj((i) -> InputItem.of(stats.get(i), inputs.get(i).lag()))
            .toList(),
        stats.stream().flatMap((input) -> input.connections().stream()).toList());
  }

  record Inputs(List<InputItem> inputs, List<InputStats.Connection> connections) {}

  /**
   * An input.
   *
   * @param lag how many messages wait at the source; absent for inputs that senders connect to
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
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long lag) {

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
          lag < 0 ? null : Long.valueOf(lag));
    }
  }
}
