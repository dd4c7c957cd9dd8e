package io.logcaster.pipeline.filter;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;

/**
 * Selects records by their category: the field {@code category}, or {@code logger} if that is
 * absent. A category matches its name in any case and the name of an enclosing package: {@code
 * com.acme} selects {@code com.acme.shop.Cart}.
 */
final class CategoryFilter implements RowFilter {

  private final byte[][] categories;

  CategoryFilter(Collection<String> categories) {
    this.categories =
        categories.stream()
            .map((category) -> category.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  @Override
  public void retain(RecordBatch batch, Bitmap rows) {
    Column category = batch.column("category");
    Bitmap uncategorised = rows.copy();
    category.retain(uncategorised, (bytes, from, to) -> from == to);
    category.retain(rows, this::matches);
    if (!uncategorised.isEmpty()) {
      batch.column("logger").retain(uncategorised, this::matches);
      rows.or(uncategorised);
    }
  }

  private boolean matches(byte[] bytes, int from, int to) {
    for (byte[] category : categories) {
      int end = from + category.length;
      if (end <= to && (end == to || bytes[end] == '.') && startsWith(bytes, from, category)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] lowerCase) {
    for (int i = 0; i < lowerCase.length; i++) {
      byte b = bytes[from + i];
      if (((b >= 'A' && b <= 'Z') ? b + 32 : b) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }
}
