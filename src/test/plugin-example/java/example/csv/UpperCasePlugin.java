package example.csv;

import io.logcaster.plugin.EditableBatch;
import io.logcaster.plugin.PluginContext;
import io.logcaster.plugin.PluginOption;
import io.logcaster.plugin.PluginTransform;
import io.logcaster.plugin.TransformPlugin;
import java.util.List;
import java.util.Locale;

/** The transform {@code upper_case}: writes a field in capitals, and drops records without it. */
public final class UpperCasePlugin implements TransformPlugin {

  @Override
  public String type() {
    return "upper_case";
  }

  @Override
  public List<PluginOption> options() {
    return List.of(PluginOption.required("field", PluginOption.Type.TEXT, "Field to change"));
  }

  @Override
  public PluginTransform open(PluginContext context) {
    String field = context.options().text("field");
    return (batch) -> apply(batch, field);
  }

  private static void apply(EditableBatch batch, String field) {
    for (int row = 0; row < batch.size(); row++) {
      String value = batch.value(row, field);
      if (value.isEmpty()) {
        batch.drop(row);
      } else {
        batch.set(row, field, value.toUpperCase(Locale.ROOT));
      }
    }
  }
}
