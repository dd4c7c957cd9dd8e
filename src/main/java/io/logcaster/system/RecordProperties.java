package io.logcaster.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Says in the API document which properties of a record are always present and which may be null,
 * as its components' annotations do.
 */
final class RecordProperties implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    Schema<?> schema = chain.next().resolve(type, context, chain);
    Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
    if (schema != null && raw.isRecord()) {
      describe(raw, model(schema, context));
    }
    return schema;
  }

  private static @Nullable Schema<?> model(Schema<?> schema, ModelConverterContext context) {
    String ref = schema.get$ref();
    return ref == null
        ? schema
        : context.getDefinedModels().get(ref.substring(Components.COMPONENTS_SCHEMAS_REF.length()));
  }

  private static void describe(Class<?> raw, @Nullable Schema<?> model) {
    if (model == null || model.getProperties() == null) {
      return;
    }
    boolean sparse = isSparse(raw);
    for (RecordComponent component : raw.getRecordComponents()) {
      String name = name(component);
      Schema<?> property = model.getProperties().get(name);
      if (property == null || sparse || isSparse(component.getAccessor())) {
        continue;
      }
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        model.addRequiredItem(name);
      } else if (property.get$ref() == null && property.getTypes() != null) {
        property.addType("null");
      }
    }
  }

  /** Whether some values are omitted rather than written. */
  private static boolean isSparse(AnnotatedElement element) {
    JsonInclude include = element.getAnnotation(JsonInclude.class);
    return include != null && include.value() != JsonInclude.Include.ALWAYS;
  }

  private static String name(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null || property.value().isEmpty() ? component.getName() : property.value();
  }
}
