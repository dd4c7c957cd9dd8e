package io.logcaster.notice.channel;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * A Mustache template for a notice. Its names are those of the notice's JSON, and {@code title} and
 * {@code text}. Only maps, lists and texts can be reached from it, no methods of objects. In
 * templates of JSON, values are escaped for strings; in others they are taken as they are.
 */
final class BodyTemplate {

  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private static final TypeReference<List<Map<String, Object>>> LIST = new TypeReference<>() {};

  private final Template template;

  /**
   * @throws MustacheException if the template is malformed; its message says where
   */
  BodyTemplate(String text, boolean json) {
    this.template =
        Mustache.compiler()
            .withCollector(new DataOnly())
            .withEscaper(json ? BodyTemplate::escape : (raw) -> raw)
            .defaultValue("")
            .compile(text);
  }

  String render(Notice notice) {
    return template.execute(values(notice));
  }

  static Map<String, Object> values(Notice notice) {
    Map<String, Object> values = HttpSender.JSON.convertValue(notice, MAP);
    values.put("title", NoticeText.title(notice));
    values.put("text", NoticeText.plain(notice));
    values.put("firing", notice.status() == Notice.Status.FIRING);
    values.put("resolved", notice.status() == Notice.Status.RESOLVED);
    values.put("link", notice.alerts().isEmpty() ? "" : notice.first().link());
    return values;
  }

  static List<Map<String, Object>> alerts(Notice notice) {
    return HttpSender.JSON.convertValue(notice.alerts(), LIST);
  }

  private static String escape(String raw) {
    String quoted = HttpSender.JSON.writeValueAsString(raw);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** Finds values in maps and lists only. */
  private static final class DataOnly extends BasicCollector {

    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
      return context instanceof Map<?, ?> || context instanceof List<?>
          ? super.createFetcher(context, name)
          : null;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }
}
