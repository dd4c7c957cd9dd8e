package io.logcaster.pipeline.filter;

import io.logcaster.system.SettingsStore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API of the record filter. */
@RestController
@RequestMapping("/api/v1/filter")
class FilterController {

  static final String SETTING = "filter";

  private final RecordFilter filter;
  private final SettingsStore store;
  private final JsonMapper json;

  FilterController(RecordFilter filter, SettingsStore store, JsonMapper json) {
    this.filter = filter;
    this.store = store;
    this.json = json;
  }

  @GetMapping
  FilterSettings get() {
    return filter.settings();
  }

  /** Takes effect with the next batch and survives a restart. */
  @PutMapping
  FilterSettings put(@RequestBody FilterSettings settings) {
    filter.replace(settings);
    store.put(SETTING, json.writeValueAsString(settings));
    return filter.settings();
  }
}
