// Generated from openapi.json by `npm run api`; do not edit.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AckBody: {
      author?: string | null;
      comment?: string | null;
      labels?: {
        [key: string]: string;
      } | null;
      rule?: string | null;
    };
    AckComment: {
      author?: string | null;
      comment?: string | null;
    };
    Acknowledgement: {
      author: string;
      comment: string;
      /** Format: date-time */
      time: string;
    };
    AlertBody: {
      acknowledged?: components["schemas"]["Acknowledgement"];
      id: string;
      /** @enum {string} */
      kind: "threshold" | "absence" | "change" | "new-template" | "ratio";
      labels: {
        [key: string]: string;
      };
      name: string;
      reason: string;
      rule: string;
      severity: string;
      silenced?: boolean;
      /** Format: date-time */
      since: string;
      /** Format: date-time */
      startedAt: string;
      /** @enum {string} */
      state: "INACTIVE" | "PENDING" | "FIRING";
      /** Format: double */
      threshold?: number;
      /** Format: double */
      value: number;
    };
    AlertChange: {
      alert: string;
      /** @enum {string} */
      from: "INACTIVE" | "PENDING" | "FIRING";
      /** @enum {string} */
      kind: "threshold" | "absence" | "change" | "new-template" | "ratio";
      labels: {
        [key: string]: string;
      };
      name: string;
      reason: string;
      rule: string;
      /** Format: int64 */
      sequence: number;
      severity: string;
      /** Format: date-time */
      since: string;
      /** Format: double */
      threshold?: number;
      /** Format: date-time */
      time: string;
      /** @enum {string} */
      to: "INACTIVE" | "PENDING" | "FIRING";
      /** Format: double */
      value: number;
    };
    Alerts: {
      /** Format: int32 */
      firing: number;
      /** Format: int32 */
      pending: number;
    };
    Answer: {
      id: string;
      metrics: components["schemas"]["MetricsSnapshot"];
      node: string;
      sharedStorage: boolean;
    };
    BaselineBody: {
      /** Format: double */
      factor?: number;
      method?: string;
      /** Format: int32 */
      windows?: number;
    };
    Buffer: {
      /** Format: int64 */
      bytes: number;
      /** Format: int64 */
      capacity: number;
    };
    CapsuleBody: {
      end?: string | null;
      language?: string | null;
      /** Format: int32 */
      limit?: number | null;
      notes?: string | null;
      query?: string | null;
      records?:
        | {
            [key: string]: string;
          }[]
        | null;
      redact?: string[] | null;
      start?: string | null;
      title?: string | null;
    };
    ChangedPattern: {
      /** Format: int64 */
      baseCount: number;
      /** Format: int64 */
      count: number;
      example: string;
      id: string;
      /** Format: double */
      ratio: number;
      /** Format: double */
      score: number;
      template: string;
    };
    ChannelBody: {
      enabled?: boolean | null;
      id?: string | null;
      match?: {
        [key: string]: string;
      } | null;
      name?: string | null;
      options?: {
        [key: string]: unknown;
      } | null;
      type?: string | null;
    };
    ChannelOption: {
      address: boolean;
      fallback?: unknown;
      help: string;
      name: string;
      required: boolean;
      secret: boolean;
      /** @enum {string} */
      type: "TEXT" | "LONG_TEXT" | "URL" | "NUMBER" | "FLAG" | "LIST" | "MAP";
    };
    ChannelView: {
      enabled: boolean;
      error?: string;
      id: string;
      match?: {
        [key: string]: string;
      };
      name: string;
      options: {
        [key: string]: unknown;
      };
      readOnly?: boolean;
      type: string;
    };
    ComparedSides: {
      fields: components["schemas"]["ComparedValue"][];
      /** Format: int64 */
      inside: number;
      /** Format: int64 */
      outside: number;
      templates: components["schemas"]["ComparedTemplate"][];
    };
    ComparedTemplate: {
      example: string;
      id: string;
      /** Format: int64 */
      inside: number;
      /** Format: int64 */
      outside: number;
      /** Format: double */
      ratio: number;
      /** Format: double */
      score: number;
      template: string;
    };
    ComparedValue: {
      field: string;
      filter: string;
      /** Format: int64 */
      inside: number;
      numbers?: components["schemas"]["Numbered"];
      /** Format: int64 */
      outside: number;
      /** Format: double */
      ratio: number;
      /** Format: double */
      score: number;
      value: string;
    };
    Comparison: {
      appeared: components["schemas"]["ChangedPattern"][];
      /** Format: int64 */
      baseTotal: number;
      grew: components["schemas"]["ChangedPattern"][];
      shrank: components["schemas"]["ChangedPattern"][];
      /** Format: int64 */
      total: number;
      vanished: components["schemas"]["ChangedPattern"][];
    };
    ConnectionItem: {
      /** Format: int64 */
      bytes: number;
      /** Format: int64 */
      errors: number;
      id: string;
      input: string;
      node?: string;
      peer: string;
      protocol: string;
      /** Format: int64 */
      records: number;
      /** Format: date-time */
      since: string;
    };
    Context: {
      after: {
        [key: string]: string;
      }[];
      before: {
        [key: string]: string;
      }[];
      records: {
        [key: string]: string;
      }[];
    };
    Counts: {
      /** Format: int64 */
      dropped: number;
      /** Format: int64 */
      filtered: number;
      /** Format: int64 */
      received: number;
      /** Format: int64 */
      rejected: number;
      /** Format: int64 */
      stored: number;
    };
    Curve: {
      labels: {
        [key: string]: string;
      };
      points: unknown[][];
    };
    CurvePair: {
      inside: number[];
      outside: number[];
    };
    CurvesOfSides: {
      curves: components["schemas"]["CurvePair"][];
      groups: number[][];
      records: components["schemas"]["CurvePair"];
    };
    Dashboard: {
      builtIn?: boolean;
      description?: string;
      id?: string;
      name?: string;
      panels?: components["schemas"]["Panel"][];
      range?: string;
      refresh?: string;
      variables?: components["schemas"]["Variable"][];
      /** Format: int64 */
      version?: number;
    };
    DeadLetter: {
      /** Format: int32 */
      attempts: number;
      channel: string;
      /** Format: date-time */
      created: string;
      error: string;
      /** Format: int64 */
      id: number;
      notice: string;
      title: string;
    };
    Deletion: {
      /** Format: date-time */
      created: string;
      /** Format: int64 */
      deleted: number;
      end?: string | null;
      error?: string | null;
      /** Format: date-time */
      finished?: string | null;
      id: string;
      query: string;
      /** Format: int32 */
      segmentsDone: number;
      /** Format: int32 */
      segmentsTotal: number;
      start?: string | null;
      /** Format: date-time */
      started?: string | null;
      state: string;
    };
    DeletionOrder: {
      end?: string | null;
      query?: string | null;
      start?: string | null;
    };
    DeliveryView: {
      client?: string;
      /** Format: int64 */
      first?: number;
      /** Format: date-time */
      firstSeen?: string;
      gaps?: components["schemas"]["GapView"][];
      /** Format: int64 */
      last?: number;
      /** Format: date-time */
      lastSeen?: string;
      /** Format: int64 */
      missing?: number;
      node?: string;
      protocol?: string;
      /** Format: int64 */
      received?: number;
      /** Format: int64 */
      records?: number;
      /** Format: int64 */
      repeated?: number;
      /** Format: int32 */
      restarts?: number;
      unit?: string;
    };
    Explanation: {
      canonical: string;
      filter: string;
      pipes: string[];
      run?: {
        [key: string]: unknown;
      };
    };
    Facet: {
      field_name: string;
      values: components["schemas"]["FacetValue"][];
    };
    FacetValue: {
      field_value: string;
      /** Format: int64 */
      hits: number;
    };
    Facets: {
      facets: components["schemas"]["Facet"][];
    };
    FieldPattern: {
      name: string;
      prefix: boolean;
    };
    FilterSettings: {
      drop: string;
      excludeCategories: string[];
      includeCategories: string[];
      minLevel: string;
    };
    Firing: {
      /** Format: date-time */
      from: string;
      labels: {
        [key: string]: string;
      };
      reason: string;
      severity: string;
      /** Format: date-time */
      to?: string;
      /** Format: double */
      value: number;
    };
    GapView: {
      between: string[];
      /** Format: int64 */
      count: number;
      /** Format: int64 */
      from: number;
      text: string;
      /** Format: int64 */
      to: number;
    };
    Health: {
      reasons: components["schemas"]["Reason"][];
      status: string;
    };
    HiddenAlert: {
      labels: {
        [key: string]: string;
      };
      name: string;
      rule: string;
    };
    HiddenAlerts: {
      alerts: components["schemas"]["HiddenAlert"][];
      /** Format: int32 */
      count: number;
    };
    Hits: {
      hits: components["schemas"]["HitsSeries"][];
    };
    HitsSeries: {
      fields: {
        [key: string]: string;
      };
      timestamps: string[];
      /** Format: int64 */
      total: number;
      values: number[];
    };
    Host: {
      /** Format: double */
      cpu_usage?: number;
      /** Format: double */
      disk_io?: number;
      /** Format: double */
      memory_usage?: number;
    };
    HoursBody: {
      days?: string[];
      from?: string;
      timeZone?: string;
      to?: string;
    };
    InputCounts: {
      /** Format: int64 */
      bytes: number;
      /** Format: int64 */
      dropped: number;
      /** Format: int64 */
      filtered: number;
      id: string;
      node?: string;
      notes?: {
        [key: string]: number;
      };
      /** Format: int64 */
      received: number;
      /** Format: int64 */
      rejected: number;
      /** Format: int64 */
      stored: number;
    };
    InputItem: {
      address: string;
      /** Format: int64 */
      bytes: number;
      /** Format: int32 */
      connections: number;
      /** Format: int64 */
      errors: number;
      id: string;
      /** Format: int64 */
      lag?: number;
      node?: string;
      protocol: string;
      /** Format: int64 */
      received: number;
      /** Format: int64 */
      rejected: number;
      /** @enum {string} */
      state: "STOPPED" | "RUNNING" | "FAILED" | "STOPPING";
    };
    Inputs: {
      connections: components["schemas"]["ConnectionItem"][];
      inputs: components["schemas"]["InputItem"][];
    };
    Item: {
      /** Format: int64 */
      bytes: number;
      example: string;
      readBy: components["schemas"]["Reader"][];
      /** Format: int64 */
      records: number;
      savings: components["schemas"]["Savings"];
      /** Format: double */
      share: number;
      template: string;
    };
    KindView: {
      options: components["schemas"]["ChannelOption"][];
      type: string;
    };
    LanguageEntry: {
      aliases: string[];
      example: string;
      name: string;
      summary: string;
      syntax: string;
    };
    LanguageReference: {
      filters: components["schemas"]["LanguageEntry"][];
      functions: components["schemas"]["LanguageEntry"][];
      pipes: components["schemas"]["LanguageEntry"][];
    };
    LineError: {
      /** Format: int64 */
      line: number;
      reason: string;
    };
    Link: {
      field: string;
      title: string;
      url: string;
    };
    Looks: {
      color?: string | null;
      links: components["schemas"]["Link"][];
      name?: string | null;
    };
    Made: {
      /** Format: int64 */
      bytes: number;
      /** Format: int32 */
      files: number;
      id: string;
      /** Format: int64 */
      sentBytes: number;
      /** Format: int32 */
      sentFiles: number;
    };
    MaintenanceBody: {
      /** Format: date-time */
      end?: string;
      hours?: components["schemas"]["HoursBody"];
      id?: string;
      match?: string[];
      name?: string;
      /** Format: date-time */
      start?: string;
    };
    MaintenanceView: {
      active: boolean;
      /** Format: date-time */
      end?: string;
      hides: components["schemas"]["HiddenAlerts"];
      hours?: components["schemas"]["HoursBody"];
      id?: string;
      match?: string[];
      name?: string;
      /** Format: date-time */
      next?: string;
      /** Format: date-time */
      start?: string;
      /** Format: date-time */
      until?: string;
    };
    Mark: {
      /** Format: int64 */
      id: number;
      text: string;
      /** Format: date-time */
      time: string;
    };
    MessageTemplate: {
      /** Format: int64 */
      count: number;
      days?: {
        [key: string]: number;
      };
      example: string;
      fields?: {
        [key: string]: string;
      };
      firstApp: string;
      firstHost: string;
      /** Format: date-time */
      firstSeen: string;
      id: string;
      /** Format: date-time */
      lastSeen: string;
      /** Format: date-time */
      learned: string;
      level: string;
      template: string;
    };
    MetricsSnapshot: {
      alerts: components["schemas"]["Alerts"];
      buffer: components["schemas"]["Buffer"];
      /** Format: int32 */
      connections: number;
      host: components["schemas"]["Host"];
      inputs: components["schemas"]["InputCounts"][];
      levels: {
        [key: string]: number;
      };
      nodes?: components["schemas"]["NodeFigures"][];
      rates: components["schemas"]["Rates"];
      reasons: components["schemas"]["Reasons"];
      storage: components["schemas"]["Storage"];
      /** Format: date-time */
      time: string;
      totals: components["schemas"]["Counts"];
    };
    NewMark: {
      text?: string | null;
      time?: string | null;
    };
    NodeFigures: {
      buffer: components["schemas"]["Buffer"];
      /** Format: int32 */
      connections: number;
      error?: string;
      host: components["schemas"]["Host"];
      node: string;
      rates: components["schemas"]["Rates"];
      storage: components["schemas"]["Storage"];
      totals: components["schemas"]["Counts"];
    };
    NodeList: {
      nodes: components["schemas"]["NodeView"][];
    };
    NodeStatus: {
      /** Format: int64 */
      bytes: number;
      evaluates: boolean;
      /** Format: int64 */
      freeBytes?: number;
      health: components["schemas"]["Health"];
      /** Format: int64 */
      lag?: number;
      name: string;
      /** Format: double */
      received: number;
      /** Format: int64 */
      records: number;
      roles: string[];
      sharedStorage: boolean;
      /** Format: date-time */
      startedAt: string;
      /** Format: double */
      stored: number;
      /** Format: date-time */
      time: string;
      version: string;
    };
    NodeView: {
      error?: string;
      /** Format: date-time */
      lastSeen?: string;
      name: string;
      queried: boolean;
      self: boolean;
      status?: components["schemas"]["NodeStatus"];
      url?: string;
    };
    Numbered: {
      inside?: components["schemas"]["Quantiles"];
      outside?: components["schemas"]["Quantiles"];
    };
    Overview: {
      backups: string[];
      status: components["schemas"]["Status"];
    };
    Panel: {
      /** Format: int32 */
      height?: number;
      id?: string;
      /** @enum {string} */
      kind?: "line" | "bar" | "area" | "table" | "value" | "top" | "text";
      metric?: string;
      query?: string;
      series?: string;
      text?: string;
      title?: string;
      /** @enum {string} */
      unit?: "number" | "bytes" | "milliseconds" | "seconds" | "percent" | "per-second";
      /** Format: int32 */
      width?: number;
      /** Format: int32 */
      x?: number;
      /** Format: int32 */
      y?: number;
    };
    PartialQuery: {
      columns?: string[] | null;
      hidden: components["schemas"]["FieldPattern"][];
      /** Format: int64 */
      maxTime: number;
      /** Format: int64 */
      minTime: number;
      /** Format: int64 */
      now: number;
      /** Format: int64 */
      present: number;
      query: string;
      state: boolean;
      subqueries: {
        [key: string]: string[];
      };
      /** Format: int32 */
      version: number;
    };
    Pattern: {
      /** Format: int64 */
      count: number;
      example: string;
      id: string;
      pattern: string;
      trend: number[];
    };
    Patterns: {
      patterns: components["schemas"]["Pattern"][];
      /** Format: int64 */
      total: number;
    };
    PerWeek: {
      /** Format: double */
      firings: number;
      /** Format: double */
      threshold: number;
    };
    PluginTransformType: {
      type: string;
    };
    Proposal: {
      for: string;
      /** Format: double */
      perWeek: number;
      /** Format: double */
      recoverThreshold?: number;
      /** Format: double */
      threshold: number;
    };
    Quantiles: {
      /** Format: double */
      median: number;
      /** Format: double */
      p90: number;
      /** Format: double */
      p99: number;
    };
    QueryStage: {
      /** Format: double */
      millis: number;
      off: boolean;
      rows: {
        [key: string]: string;
      }[];
      /** Format: int64 */
      rowsIn: number;
      /** Format: int64 */
      rowsOut: number;
      text: string;
    };
    QueryStages: {
      complete: boolean;
      stages: components["schemas"]["QueryStage"][];
    };
    Queue: {
      maxBytes?: string;
      /** @enum {string} */
      whenFull?: "drop-oldest" | "drop-newest" | "block";
    };
    Rates: {
      /** Format: double */
      dropped: number;
      /** Format: double */
      filtered: number;
      /** Format: double */
      received: number;
      /** Format: double */
      rejected: number;
      /** Format: double */
      stored: number;
    };
    Reader: {
      kind?: string;
      /** Format: date-time */
      last?: string;
      name?: string;
      query?: string;
      /** Format: int64 */
      times?: number;
    };
    Reason: {
      part: string;
      status: string;
      text: string;
    };
    Reasons: {
      dropped: {
        [key: string]: number;
      };
      filtered: {
        [key: string]: number;
      };
      rejected: {
        [key: string]: number;
      };
    };
    RedactPattern: {
      expression?: string | null;
      name?: string | null;
    };
    ReplayBody: {
      from?: string | null;
      to?: string | null;
    };
    Report: {
      closed: {
        [key: string]: string;
      };
      enabled: boolean;
      /** Format: double */
      intervalSeconds: number;
      routes: components["schemas"]["RouteView"][];
      /** Format: double */
      timeoutSeconds: number;
    };
    Result: {
      /** Format: int64 */
      accepted: number;
      errors: components["schemas"]["LineError"][];
      /** Format: int64 */
      rejected: number;
    };
    RouteBody: {
      channels?: string[] | null;
      continue?: boolean | null;
      escalateAfter?: string;
      escalateTo?: string[];
      groupBy?: string[] | null;
      groupInterval?: string | null;
      groupWait?: string | null;
      match?: string[] | null;
      name?: string | null;
      quietHours?: components["schemas"]["HoursBody"][] | null;
      repeatInterval?: string | null;
      sendResolved?: boolean | null;
    };
    RouteView: {
      error?: string | null;
      /** Format: int64 */
      found: number;
      /** Format: date-time */
      lastFound?: string | null;
      /** Format: double */
      lastSeconds?: number | null;
      /** Format: int64 */
      lost: number;
      /** Format: int32 */
      lostInARow: number;
      /** Format: double */
      maxSeconds?: number | null;
      /** Format: double */
      medianSeconds?: number | null;
      route: string;
      /** Format: int64 */
      sent: number;
    };
    RoutesBody: {
      routes?: components["schemas"]["RouteBody"][] | null;
    };
    RoutesView: {
      isDefault: boolean;
      routes: components["schemas"]["RouteBody"][];
    };
    RuleBody: {
      baseline?: components["schemas"]["BaselineBody"];
      comparison?: string;
      enabled?: boolean | null;
      expected?: {
        [key: string]: string;
      }[];
      for?: string | null;
      forgetAfter?: string;
      id?: string | null;
      interval?: string | null;
      keepFiring?: string | null;
      kind?: string | null;
      lastError?: string;
      /** Format: date-time */
      lastEvaluation?: string;
      level?: string;
      /** Format: int64 */
      minRecords?: number;
      name?: string | null;
      query?: string | null;
      /** Format: double */
      recoverThreshold?: number;
      severity?: string | null;
      sinceMark?: string;
      /** @enum {string|null} */
      state?: "INACTIVE" | "PENDING" | "FIRING" | null;
      /** Format: double */
      threshold?: number;
      totalQuery?: string;
      /** Format: double */
      warnThreshold?: number;
      window?: string | null;
    };
    SavedSearch: {
      columns?: string[] | null;
      id?: string | null;
      name?: string | null;
      query?: string | null;
      range?: string | null;
    };
    Savings: {
      /** Format: int64 */
      drop: number;
      /** Format: int64 */
      sample: number;
      /** Format: int64 */
      shorten: number;
    };
    SeriesBody: {
      id?: string | null;
      name?: string | null;
      query?: string | null;
      step?: string | null;
    };
    SeriesView: {
      /** Format: int64 */
      bytes: number;
      error?: string | null;
      /** Format: date-time */
      from?: string | null;
      id: string;
      /** Format: int64 */
      leftOut: number;
      name: string;
      query: string;
      /** Format: int32 */
      series: number;
      step: string;
      /** Format: date-time */
      until?: string | null;
    };
    ServerSentEventAlertChange: unknown;
    "ServerSentEventByte[]": unknown;
    ServerSentEventMetricsSnapshot: unknown;
    SilenceBody: {
      author?: string | null;
      id?: string | null;
      match?: string[] | null;
      matchers?: {
        [key: string]: string;
      } | null;
      note?: string | null;
      /** Format: date-time */
      until?: string | null;
    };
    SilenceView: {
      author: string;
      endsSoon?: boolean;
      hides: components["schemas"]["HiddenAlerts"];
      id: string;
      match: string[];
      matchers: {
        [key: string]: string;
      };
      note: string;
      /** Format: date-time */
      until: string;
    };
    SinkBody: {
      /** Format: int32 */
      batchSize?: number | null;
      enabled?: boolean | null;
      filter?: string | null;
      from?: string | null;
      id?: string | null;
      linger?: string | null;
      name?: string | null;
      options?: {
        [key: string]: unknown;
      } | null;
      queue?: components["schemas"]["Queue"];
      type?: string | null;
    };
    SinkDeadLetter: {
      /** Format: int64 */
      id: number;
      reason: string;
      /** Format: int32 */
      records: number;
      sample?: {
        [key: string]: string;
      }[];
      /** Format: date-time */
      time: string;
    };
    SinkOption: {
      address: boolean;
      choices?: string[];
      fallback?: unknown;
      help: string;
      name: string;
      required: boolean;
      secret: boolean;
      /** @enum {string} */
      type: "TEXT" | "LONG_TEXT" | "URL" | "NUMBER" | "FLAG" | "SIZE" | "DURATION" | "LIST" | "MAP";
    };
    SinkType: {
      /** Format: int32 */
      batchSize: number;
      linger: string;
      options: components["schemas"]["SinkOption"][];
      type: string;
    };
    SinkView: {
      /** Format: int32 */
      batchSize: number;
      /** Format: int32 */
      deadLetters: number;
      dropped: {
        [key: string]: number;
      };
      enabled: boolean;
      filter: string;
      from: string;
      id: string;
      /** Format: double */
      lagSeconds: number;
      lastError?: string;
      linger: string;
      name: string;
      options: {
        [key: string]: unknown;
      };
      queue: components["schemas"]["Queue"];
      /** Format: int64 */
      queued: number;
      /** Format: int64 */
      queuedBytes: number;
      readOnly?: boolean;
      /** Format: int64 */
      retried: number;
      /** Format: int64 */
      sent: number;
      state: string;
      type: string;
    };
    Snapshot: {
      /** Format: int64 */
      bytes: number;
      control: boolean;
      /** Format: date-time */
      created: string;
      id: string;
      path: string;
    };
    SourceView: {
      app?: string;
      /** Format: double */
      errorShare?: number;
      /** Format: date-time */
      firstSeen?: string;
      host?: string;
      /** Format: date-time */
      lastSeen?: string;
      node?: string;
      quiet?: boolean;
      /** Format: double */
      rate?: number;
      /** Format: int64 */
      records?: number;
      /** Format: int64 */
      usualSilenceSeconds?: number;
    };
    StagesBody: {
      end?: string | null;
      off?: number[] | null;
      query?: string | null;
      reading?: string | null;
      /** Format: int32 */
      rows?: number | null;
      start?: string | null;
    };
    Status: {
      error?: string | null;
      last?: components["schemas"]["Made"];
      /** Format: date-time */
      since?: string | null;
      state: string;
    };
    Storage: {
      /** Format: int64 */
      bytes: number;
      /** Format: int64 */
      freeBytes: number;
      /** Format: int64 */
      records: number;
    };
    TestResult: {
      delivered: boolean;
    };
    Token: {
      /** Format: date-time */
      createdAt?: string | null;
      id?: string | null;
      name?: string | null;
      scopes?: string[] | null;
      token?: string | null;
    };
    Transform: {
      action?: string;
      enabled?: boolean;
      filter?: string;
      name?: string;
      options?: components["schemas"]["TransformOptions"];
    };
    TransformCounts: {
      /** Format: int64 */
      dropped: number;
      /** Format: int64 */
      errors: number;
      /** Format: int64 */
      in: number;
      name: string;
      /** Format: int64 */
      out: number;
      redacted: {
        [key: string]: number;
      };
      /** Format: double */
      seconds: number;
    };
    TransformOptions: {
      fields?: string[];
      keyFile?: string;
      kinds?: string[];
      /** Format: int32 */
      maxLines?: number;
      maxSize?: string;
      /** Format: int32 */
      oneOf?: number;
      patterns?: components["schemas"]["RedactPattern"][];
      pipe?: string;
      preset?: string;
      /** Format: int32 */
      rate?: number;
      sink?: string;
      start?: string;
      timeout?: string;
      type?: string;
      values?: {
        [key: string]: string;
      };
      window?: string;
      with?: string;
    };
    TransformPreview: {
      /** Format: int32 */
      limit?: number | null;
      query?: string | null;
      records?:
        | {
            [key: string]: unknown;
          }[]
        | null;
      transforms?: components["schemas"]["Transform"][] | null;
    };
    TransformPreviewAnswer: {
      records: {
        [key: string]: string;
      }[];
      stages: components["schemas"]["TransformPreviewStage"][];
    };
    TransformPreviewStage: {
      /** Format: int32 */
      dropped: number;
      /** Format: int64 */
      errors: number;
      /** Format: int32 */
      in: number;
      /** Format: double */
      millis: number;
      name: string;
      /** Format: int32 */
      out: number;
      records: {
        [key: string]: string;
      }[];
      redacted: {
        [key: string]: number;
      };
      /** Format: int32 */
      selected: number;
    };
    TransformVersion: {
      author: string;
      /** Format: int64 */
      copyOf?: number | null;
      current: boolean;
      /** Format: date-time */
      time?: string | null;
      /** Format: int64 */
      version: number;
    };
    TrialAnswer: {
      /** Format: date-time */
      end: string;
      firings: components["schemas"]["Firing"][];
      /** Format: int32 */
      groups: number;
      perWeek: components["schemas"]["PerWeek"][];
      proposal?: components["schemas"]["Proposal"];
      series: components["schemas"]["Curve"][];
      /** Format: date-time */
      start: string;
      step: string;
      /** Format: int32 */
      totalFirings: number;
    };
    TrialBody: {
      /** Format: date-time */
      end?: string | null;
      /** Format: double */
      maxPerWeek?: number | null;
      rule?: components["schemas"]["RuleBody"];
      /** Format: date-time */
      start?: string | null;
      thresholds?: number[] | null;
    };
    ValueHits: {
      /** Format: int64 */
      hits: number;
      value: string;
    };
    Values: {
      values: components["schemas"]["ValueHits"][];
    };
    Variable: {
      field?: string;
      initial?: string[];
      label?: string;
      name?: string;
      query?: string;
      values?: string[];
    };
    VariableAnswer: {
      complete: boolean;
      /** Format: int64 */
      distinct: number;
      numbers?: components["schemas"]["VariableNumbers"];
      /** Format: int64 */
      records: number;
      values: components["schemas"]["VariableValue"][];
    };
    VariableNumbers: {
      max: string;
      min: string;
      p50: string;
      p90: string;
      p99: string;
    };
    VariableValue: {
      /** Format: int64 */
      count: number;
      value: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
