import { apiUrl } from "../api/http";
import { openEventStream, type EventStream, type StreamState } from "../api/sse";
import type { Metrics } from "../api/types";
import { appendSample, rateBetween, type MetricsSample } from "../models/metricsHistory";

export interface MetricsSnapshot {
  latest?: Metrics;
  history: readonly MetricsSample[];
  stream: StreamState;
}

/** A reading arrives every second, so ten seconds of silence mean a dead connection. */
const IDLE_MS = 10_000;

/** A hidden page closes its stream after a minute: browsers allow six connections per host across all tabs. */
const HIDDEN_MS = 60_000;

/** The server's readings, shared by all pages: one connection, and a history that survives navigation. */
export class MetricsStore {
  private snapshot: MetricsSnapshot = { history: [], stream: { kind: "connecting" } };
  private readonly listeners = new Set<() => void>();
  private stream: EventStream | undefined;
  private hiddenTimer: ReturnType<typeof setTimeout> | undefined;

  readonly subscribe = (notify: () => void): (() => void) => {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  };

  readonly read = (): MetricsSnapshot => this.snapshot;

  /** Connects, and stays connected until the returned function is called. */
  start(): () => void {
    this.open();
    const onVisibility = () => {
      clearTimeout(this.hiddenTimer);
      if (!document.hidden) this.open();
      else this.hiddenTimer = setTimeout(() => this.stop(), HIDDEN_MS);
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      clearTimeout(this.hiddenTimer);
      this.stop();
    };
  }

  retryNow(): void {
    this.stream?.retryNow();
  }

  accept(metrics: Metrics): void {
    const before = this.snapshot.latest;
    const sample = before && rateBetween(before, metrics);
    const history = sample ? appendSample(this.snapshot.history, sample) : this.snapshot.history;
    this.update({ latest: metrics, history });
  }

  private open(): void {
    if (this.stream) return;
    this.stream = openEventStream(
      apiUrl("metrics/stream", { nodes: "all" }),
      {
        onEvent: ({ event, data }) => {
          if (event === "metrics") this.accept(JSON.parse(data) as Metrics);
        },
        onState: (stream) => this.update({ stream }),
      },
      { idleMs: IDLE_MS },
    );
  }

  private stop(): void {
    this.stream?.close();
    this.stream = undefined;
  }

  private update(change: Partial<MetricsSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const notify of this.listeners) notify();
  }
}

export const metricsStore = new MetricsStore();
