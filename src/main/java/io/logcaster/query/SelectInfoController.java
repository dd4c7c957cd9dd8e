package io.logcaster.query;

import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.record.Timestamps;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * What clients ask about a query before they run it, and about the server: its time range, tenants,
 * version.
 */
@RestController
class SelectInfoController {

  private final Clock clock;

  private final ObjectProvider<BuildProperties> build;

  SelectInfoController(Clock clock, ObjectProvider<BuildProperties> build) {
    this.clock = clock;
    this.build = build;
  }

  @Operation(summary = "The range of times that a query looks at")
  @RequestMapping(
      path = {"/api/v1/query_time_range", "/select/logsql/query_time_range"},
      method = {RequestMethod.GET, RequestMethod.POST})
  Map<String, Object> timeRange(HttpServletRequest request) {
    QueryArguments arguments = new QueryArguments(request, clock);
    Query query = arguments.query().tree();
    long offset = query.options().timeOffset();
    long now = arguments.moment();
    long min = Long.MIN_VALUE;
    long max = Long.MAX_VALUE;
    List<TimeFilter> times = TimeFilter.requiredBy(query.filter());
    for (TimeFilter time : times) {
      min = Math.max(min, time.minTime(now));
      max = Math.min(max, time.maxTime(now));
    }
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("start", text(min, Long.MIN_VALUE, offset, arguments.instant("start")));
    range.put("end", text(max, Long.MAX_VALUE, offset, arguments.instant("end")));
    range.put("hasTimeFilter", !times.isEmpty());
    return range;
  }

  /** A bound of the query, or of the request if the query leaves it open. */
  private static String text(long bound, long open, long offset, @Nullable Long asked) {
    if (bound != open) {
      return Timestamps.format(bound - offset);
    }
    return Timestamps.format((asked == null) ? open : asked);
  }

  /** There is one tenant, the server's owner. */
  @Operation(summary = "The tenants with records in a range of times")
  @RequestMapping(
      path = "/select/tenant_ids",
      method = {RequestMethod.GET, RequestMethod.POST})
  List<Map<String, Integer>> tenants() {
    Map<String, Integer> tenant = new LinkedHashMap<>();
    tenant.put("account_id", 0);
    tenant.put("project_id", 0);
    return List.of(tenant);
  }

  @Operation(summary = "The version of the server")
  @GetMapping("/select/buildinfo")
  Map<String, Object> buildInfo() {
    String version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
    return Map.of("status", "success", "data", Map.of("version", version));
  }
}
