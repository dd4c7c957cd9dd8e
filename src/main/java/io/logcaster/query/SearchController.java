package io.logcaster.query;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.query.lang.Parser;
import io.logcaster.system.ApiResource;
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

/** The saved searches over HTTP. */
@RestController
@RequestMapping("/api/v1/searches")
final class SearchController {

  private static final ApiResource SEARCHES =
      new ApiResource("/api/v1/searches", "saved search", "saved searches");

  /** A list of searches is read as a whole. */
  private static final int MAX_SEARCHES = 1_000;

  private static final int MAX_NAME = 200;

  private static final int MAX_RANGE = 200;

  private static final int MAX_COLUMNS = 200;

  private static final int MAX_COLUMN = 1_000;

  private final SearchStore store;

  SearchController(SearchStore store) {
    this.store = store;
  }

  @GetMapping
  List<SavedSearch> list() {
    return store.all();
  }

  @GetMapping("/{id}")
  SavedSearch get(@PathVariable String id) {
    return store.find(id).orElseThrow(() -> SEARCHES.unknown(id));
  }

  @PostMapping
  ResponseEntity<SavedSearch> add(@RequestBody SavedSearch body) {
    String id = UUID.randomUUID().toString();
    SavedSearch search = validate(id, body);
    SEARCHES.requireRoom(store.count(), MAX_SEARCHES, "Delete one.");
    store.add(search);
    return SEARCHES.created(id, search);
  }

  @PutMapping("/{id}")
  SavedSearch replace(@PathVariable String id, @RequestBody SavedSearch body) {
    SavedSearch search = validate(id, body);
    if (!store.replace(search)) {
      throw SEARCHES.unknown(id);
    }
    return search;
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    if (!store.delete(id)) {
      throw SEARCHES.unknown(id);
    }
  }

  private static SavedSearch validate(String id, SavedSearch body) {
    ApiResource.requireSameId(id, body.id());
    String name = required("name", body.name(), MAX_NAME);
    String query = required("query", body.query(), Parser.MAX_LENGTH);
    Parser.parse(query);
    if (body.range() != null && body.range().length() > MAX_RANGE) {
      throw invalidProperty("range", "must not have more than " + MAX_RANGE + " characters");
    }
    List<String> columns = body.columns();
    if (columns != null
        && (columns.size() > MAX_COLUMNS
            || columns.stream().anyMatch(SearchController::isNoColumn))) {
      throw invalidProperty("columns", "must be at most " + MAX_COLUMNS + " names of fields");
    }
    return new SavedSearch(id, name, query, body.range(), columns);
  }

  private static boolean isNoColumn(@Nullable String column) {
    return column == null || column.isEmpty() || column.length() > MAX_COLUMN;
  }

  private static String required(String property, @Nullable String value, int most) {
    if (value == null || value.isBlank()) {
      throw invalidProperty(property, "is required");
    }
    if (value.length() > most) {
      throw invalidProperty(property, "must not have more than " + most + " characters");
    }
    return value.strip();
  }
}
