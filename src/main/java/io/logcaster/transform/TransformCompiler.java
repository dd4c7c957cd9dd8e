package io.logcaster.transform;

import com.google.re2j.PatternSyntaxException;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.record.Cardinality;
import io.logcaster.record.Field;
import io.logcaster.storage.RowFilter;
import io.logcaster.transform.TransformChain.Link;
import io.logcaster.transform.redact.Redactor;
import io.logcaster.transform.redact.SecretKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes chains of definitions, and says what is wrong with a definition. Thread-safe. */
final class TransformCompiler {

  static final int MAX_TRANSFORMS = 100;

  private static final int MAX_NAME = 100;

  private final QueryEngine queries;
  private final List<String> streamFields;
  private final TransformMetrics metrics;
  private final LongSupplier clock;
  private final PluginTransforms plugins;

  /**
   * @param streamFields the configured stream fields
   * @param clock nanoseconds since the epoch
   */
  TransformCompiler(
      QueryEngine queries,
      List<String> streamFields,
      TransformMetrics metrics,
      LongSupplier clock,
      PluginTransforms plugins) {
    this.queries = queries;
    this.streamFields = List.copyOf(streamFields);
    this.metrics = metrics;
    this.clock = clock;
    this.plugins = plugins;
  }

  List<String> streamFields() {
    return streamFields;
  }

  /**
   * What differs between the pipeline, the preview and a mere check.
   *
   * @param counted receives the counters of the transforms that are in force now
   * @param strict whether sinks and plug-ins must be there; else the records that need them are
   *     stored and marked
   */
  record Use(
      Function<String, TransformCounters> counters,
      BiConsumer<String, TransformCounters> counted,
      RouteTarget target,
      boolean strict,
      Cardinality cardinality,
      TransformChain.Watcher watcher) {}

  /** How the pipeline uses transforms. */
  Use live(RouteTarget target, boolean strict, Cardinality cardinality) {
    return new Use(metrics::of, metrics::keep, target, strict, cardinality, TransformChain.NOBODY);
  }

  /**
   * Compiles transforms.
   *
   * @throws InvalidTransformException if one of them cannot be used
   */
  TransformChain compile(List<TransformDefinition> definitions, Use use) {
    if (definitions.size() > MAX_TRANSFORMS) {
      throw new InvalidTransformException(
          MAX_TRANSFORMS, "", "is one too many: at most " + MAX_TRANSFORMS + " are allowed");
    }
    Map<String, TransformCounters> counters = new HashMap<>();
    Map<String, RowFilter> filters = new HashMap<>();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < definitions.size(); i++) {
      TransformDefinition definition = definitions.get(i);
      Link link = new Single(i, definition, use, filters).link();
      if (counters.put(link.name(), link.counters()) != null) {
        throw new InvalidTransformException(
            i, "name", "is '" + link.name() + "', but another transform has this name already");
      }
      if (definition.isEnabled()) {
        links.add(link);
      }
    }
    counters.forEach(use.counted());
    return new TransformChain(
        links, new Finish(streamFields, use.cardinality(), clock), use.watcher());
  }

  /** One definition. */
  private final class Single {

    private final int index;
    private final TransformDefinition definition;
    private final Use use;
    private final Map<String, RowFilter> filters;
    private final TransformOptions given;
    private final OptionReader options;

    /**
     * @param filters those of the list by their text: equal ones are the same object, so that a
     *     batch is judged once
     */
    Single(int index, TransformDefinition definition, Use use, Map<String, RowFilter> filters) {
      this.index = index;
      this.definition = definition;
      this.use = use;
      this.filters = filters;
      TransformOptions own = definition.options();
      given = (own != null) ? own : TransformOptions.NONE;
      options = new OptionReader(index, given);
    }

    private InvalidTransformException invalid(String property, String reason) {
      return new InvalidTransformException(index, property, reason);
    }

    Link link() {
      String name = definition.name();
      if (name == null || name.isBlank()) {
        throw invalid("name", "is required: what the transform is for, such as 'mask cards'");
      }
      String stripped = name.strip();
      if (stripped.length() > MAX_NAME) {
        throw invalid("name", "must not have more than " + MAX_NAME + " characters");
      }
      TransformCounters counters = use.counters().apply(stripped);
      ErrorMarks marks = new ErrorMarks(stripped);
      RowFilter filter = filter();
      Step step = step(counters, marks);
      return new Link(stripped, filter, literals(), step, counters, marks);
    }

    private @Nullable RowFilter filter() {
      String text = definition.filter();
      if (text == null || text.isBlank() || text.strip().equals("*")) {
        return null;
      }
      try {
        return filters.computeIfAbsent(text.strip(), queries::filter);
      } catch (QuerySyntaxException ex) {
        throw invalid("filter", "is not a filter: " + ex.getMessage());
      }
    }

    private List<String> literals() {
      String text = definition.filter();
      return text == null || text.isBlank()
          ? List.of()
          : Literals.of(queries.parse(text.strip()).tree().filter());
    }

    private Step step(TransformCounters counters, ErrorMarks marks) {
      String name = definition.action();
      if (name == null || name.isBlank()) {
        throw invalid("action", "is required: one of " + Action.NAMES);
      }
      Action action = Action.of(name.strip());
      if (action == null) {
        throw invalid("action", "is '" + name + "', but must be one of " + Action.NAMES);
      }
      options.only(action);
      return switch (action) {
        case SET -> new Steps.Values(values());
        case DROP -> new Steps.Drop();
        case ROUTE -> route(counters, marks);
        case SAMPLE -> new Steps.Sample(options.number("oneOf", 2, 1_000_000));
        case REDACT -> redact(counters, marks);
        case JOIN -> new JoinStep(options.join(this::start), streamFields);
        case DEDUPLICATE -> {
          List<String> fields = options.names("fields", DeduplicateStep.usualFields());
          long window = options.nanos("window", "10s", "1ms", "1h");
          yield new DeduplicateStep(fields, window, System::nanoTime);
        }
        case PLUGIN -> plugin();
        case LIMIT -> new LimitStep(options.number("rate", 1, 10_000_000), System::nanoTime);
        default -> pipes(action, counters, marks);
      };
    }

    private Step pipes(Action action, TransformCounters counters, ErrorMarks marks) {
      String text = options.text("pipe", "is required, such as '" + action.example() + "'");
      String first = text.strip().split("[^a-z_]", 2)[0];
      if (!first.equals(action.key())) {
        throw invalid(
            "options.pipe", "is '" + text + "', but must begin with '" + action.key() + "'");
      }
      try {
        return new Steps.Pipes(queries.rowPipes(text.strip()), counters, marks);
      } catch (QuerySyntaxException ex) {
        throw invalid(
            "options.pipe",
            "is not a pipe: %s at column %d".formatted(ex.detail(), Math.max(1, ex.column() - 4)));
      } catch (PatternSyntaxException ex) {
        throw invalid("options.pipe", "has a wrong regular expression: " + ex.getMessage());
      }
    }

    private Map<String, String> values() {
      Map<String, String> values = options.values();
      for (String name : values.keySet()) {
        if (name.isEmpty()
            || name.equals(Field.TIME)
            || name.equals(Field.STREAM)
            || name.equals(Field.STREAM_ID)) {
          throw invalid(
              "options.values", "sets '" + name + "', which is not a field that can be set");
        }
      }
      return values;
    }

    private Step route(TransformCounters counters, ErrorMarks marks) {
      String sink = options.text("sink", "is required: the name of a sink").strip();
      if (use.strict() && !use.target().exists(sink)) {
        throw invalid("options.sink", "is '" + sink + "', but there is no sink of this name");
      }
      return new Steps.Route(sink, use.target(), counters, marks);
    }

    private Step plugin() {
      String type =
          options
              .text("type", "is required: a transform of a plug-in; there are " + plugins.names())
              .strip();
      Map<String, String> values = (given.values() != null) ? given.values() : Map.of();
      String name = String.valueOf(definition.name()).strip();
      try {
        return new PluginStep(plugins.open(type, name, values));
      } catch (PluginRefusal ex) {
        if (use.strict()) {
          throw invalid("options." + ex.place(), ex.reason());
        }
        plugins.unusable(type, name, ex);
        return new PluginStep(
            (batch, edits) -> {
              throw new IllegalStateException("options." + ex.place() + " " + ex.reason());
            });
      }
    }

    private RowFilter start(String expression) {
      try {
        return queries.filter(OptionReader.matching(Field.MESSAGE, expression));
      } catch (QuerySyntaxException | PatternSyntaxException ex) {
        throw invalid("options.start", "is not a regular expression: " + ex.getMessage());
      }
    }

    private Step redact(TransformCounters counters, ErrorMarks marks) {
      List<Redactor.Own> own = options.patterns();
      Redactor.With with = options.with();
      byte[] key = options.key(with);
      Set<SecretKind> kinds = options.kinds(own.isEmpty());
      Redactor redactor = new Redactor(kinds, own, with, key);
      Set<String> spared = new HashSet<>(streamFields);
      spared.add(ErrorMarks.FIELD);
      RedactStep.Fields fields = new RedactStep.Fields(options.names("fields"), spared);
      return new RedactStep(redactor, fields, (field) -> mayHave(field, own), counters, marks);
    }

    /** Selects records before the slower engine of replacements looks at them. */
    private RowFilter mayHave(String field, List<Redactor.Own> own) {
      StringBuilder text = new StringBuilder();
      for (Redactor.Own one : own) {
        text.append(text.isEmpty() ? "" : " or ");
        text.append(OptionReader.matching(field, one.pattern().pattern()));
      }
      try {
        return queries.filter(text.toString());
      } catch (RuntimeException ex) {
        return RowFilter.ALL;
      }
    }
  }
}
