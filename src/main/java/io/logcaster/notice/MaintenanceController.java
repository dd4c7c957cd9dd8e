package io.logcaster.notice;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.logcaster.alert.Alerts;
import io.logcaster.notice.route.LabelMatcher;
import io.logcaster.system.ApiResource;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of maintenance windows. */
@RestController
@RequestMapping("/api/v1/alerts/maintenance")
final class MaintenanceController {

  private static final ApiResource WINDOWS =
      new ApiResource("/api/v1/alerts/maintenance", "maintenance window", "maintenance windows");

  private static final int MAX_WINDOWS = 200;

  private final MaintenanceStore store;
  private final Alerts alerts;
  private final NoticeService notices;
  private final Clock clock;

  MaintenanceController(MaintenanceStore store, Alerts alerts, NoticeService notices, Clock clock) {
    this.store = store;
    this.alerts = alerts;
    this.notices = notices;
    this.clock = clock;
  }

  /**
   * A maintenance window in an answer.
   *
   * @param until when it ends, while it is on
   * @param next when it starts next, if it does
   * @param hides the alerts that fire and that nobody is told of because of it
   */
  record MaintenanceView(
      @JsonUnwrapped MaintenanceBody window,
      boolean active,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant until,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant next,
      HiddenAlerts hides) {}

  @GetMapping
  List<MaintenanceView> list() {
    return store.all().stream().map(this::view).toList();
  }

  @GetMapping("/{id}")
  MaintenanceView get(@PathVariable String id) {
    return view(store.find(id).orElseThrow(() -> WINDOWS.unknown(id)));
  }

  @PostMapping
  ResponseEntity<MaintenanceView> add(@RequestBody MaintenanceBody body) {
    String id = UUID.randomUUID().toString();
    ApiResource.requireSameId(id, body.id());
    Maintenance window = MaintenanceStore.checked(id, body);
    WINDOWS.requireRoom(store.all().size(), MAX_WINDOWS, "Delete one that is over.");
    store.put(window);
    return WINDOWS.created(id, view(window));
  }

  @PutMapping("/{id}")
  MaintenanceView replace(@PathVariable String id, @RequestBody MaintenanceBody body) {
    ApiResource.requireSameId(id, body.id());
    Maintenance window = MaintenanceStore.checked(id, body);
    get(id);
    store.put(window);
    notices.signal();
    return view(window);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    if (!store.remove(id)) {
      throw WINDOWS.unknown(id);
    }
    notices.signal();
  }

  private MaintenanceView view(Maintenance window) {
    Instant now = clock.instant();
    Instant until = window.until(now);
    HiddenAlerts hides =
        until == null
            ? new HiddenAlerts(0, List.of())
            : HiddenAlerts.of(alerts, (alert) -> LabelMatcher.all(window.match(), alert));
    return new MaintenanceView(window.body(), until != null, until, window.next(now), hides);
  }
}
