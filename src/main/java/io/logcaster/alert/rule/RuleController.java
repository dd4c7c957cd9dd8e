package io.logcaster.alert.rule;

import io.logcaster.alert.condition.AlertRule;
import io.logcaster.system.ApiResource;
import java.util.List;
import java.util.UUID;
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

/** The HTTP API of rules. */
@RestController
@RequestMapping("/api/v1/alerts/rules")
final class RuleController {

  private static final ApiResource RULES =
      new ApiResource("/api/v1/alerts/rules", "alert rule", "alert rules");

  /** With more rules, evaluations could hardly keep to their intervals. */
  private static final int MAX_RULES = 1_000;

  private final RuleStore store;
  private final RuleEvaluator evaluator;
  private final RuleValidator validator;

  RuleController(RuleStore store, RuleEvaluator evaluator, RuleValidator validator) {
    this.store = store;
    this.evaluator = evaluator;
    this.validator = validator;
  }

  @GetMapping
  List<RuleBody> list() {
    return store.all().stream().map(this::body).toList();
  }

  @GetMapping("/{id}")
  RuleBody get(@PathVariable String id) {
    return body(store.find(id).orElseThrow(() -> RULES.unknown(id)));
  }

  @PostMapping
  ResponseEntity<RuleBody> add(@RequestBody RuleBody body) {
    AlertRule rule = validator.validate(UUID.randomUUID().toString(), body);
    RULES.requireRoom(store.count(), MAX_RULES, "Delete one, or let one query cover more groups.");
    store.add(rule);
    evaluator.put(rule);
    return RULES.created(rule.id(), body(rule));
  }

  @PutMapping("/{id}")
  RuleBody replace(@PathVariable String id, @RequestBody RuleBody body) {
    AlertRule rule = validator.validate(id, body);
    if (!store.replace(rule)) {
      throw RULES.unknown(id);
    }
    evaluator.put(rule);
    return body(rule);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    if (!store.delete(id)) {
      throw RULES.unknown(id);
    }
    evaluator.remove(id);
  }

  private RuleBody body(AlertRule rule) {
    return RuleBody.of(rule, evaluator.status(rule.id()));
  }
}
