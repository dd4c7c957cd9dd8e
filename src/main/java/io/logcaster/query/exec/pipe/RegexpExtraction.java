package io.logcaster.query.exec.pipe;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.logcaster.query.ast.Overwrite;
import io.logcaster.query.exec.budget.WatchedText;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.record.Column;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets fields to what the named groups of a regular expression match first: {@code extract_regexp}.
 */
public final class RegexpExtraction {

  private RegexpExtraction() {}

  public static Transform of(
      @Nullable RowMatcher condition, String expression, String field, Overwrite overwrite) {
    Pattern pattern = Pattern.compile(expression);
    Map<String, Integer> groups = pattern.namedGroups();
    return Rewrite.rows(
        condition,
        overwrite,
        () ->
            (frame, row, target) -> {
              Column column = frame.column(field);
              Matcher matcher = pattern.matcher(WatchedText.of(column.text(row)));
              boolean found = matcher.find();
              groups.forEach(
                  (name, group) -> {
                    String text = found ? matcher.group(group) : null;
                    byte[] value =
                        (text == null) ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
                    target.put(row, name, value, 0, value.length);
                  });
            });
  }
}
