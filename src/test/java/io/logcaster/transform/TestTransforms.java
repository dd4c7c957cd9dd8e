package io.logcaster.transform;

import io.logcaster.record.LogRecord;
import java.util.List;
import java.util.Map;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Transforms for tests of other packages. */
public final class TestTransforms {

  private TestTransforms() {}

  /** Transforms from JSON with single quotes. */
  public static Transforms of(String json) {
    return new Transforms(new Chains().chain(json));
  }

  /** What is stored of a batch, with the server's own fields. */
  public static List<Map<String, String>> run(
      String json, PluginTransforms plugins, LogRecord... records) {
    return Chains.run(new Chains(plugins).chain(json), records);
  }

  /** Changes a batch as a transform would; returns what was kept. */
  public static List<String> messages(PluginTransforms.Opened transform, LogRecord... records) {
    Work work = Chains.work(false, records);
    new PluginStep(transform).apply(work, work.alive.copy());
    return work.batch.select(work.alive).records().stream().map(LogRecord::message).toList();
  }

  /** What the route of the types answers with some plug-ins. */
  public static String types(PluginTransforms plugins) throws Exception {
    return MockMvcBuilders.standaloneSetup(new TransformController(null, null, null, plugins))
        .build()
        .perform(MockMvcRequestBuilders.get("/api/v1/transforms/types"))
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  /** A record of app {@code shop} on host {@code h1}. */
  public static LogRecord record(String message, String... fields) {
    return Chains.record(message, fields);
  }
}
