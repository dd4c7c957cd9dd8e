import { t } from "../i18n";
import { ApiError, ensureOk } from "./http";
import { LineSplitter, readText } from "./lines";

export interface ServerEvent {
  event: string;
  data: string;
}

/** Parser of `text/event-stream` (WHATWG HTML, "Server-sent events"): fields event and data; comments are heartbeats. */
export class SseParser {
  private readonly splitter = new LineSplitter();
  private event = "";
  private data: string[] = [];
  private first = true;

  push(text: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    for (const line of this.splitter.push(this.first ? text.replace(/^\uFEFF/, "") : text)) {
      if (line === "") this.dispatch(events);
      else this.field(line);
    }
    this.first = false;
    return events;
  }

  private dispatch(events: ServerEvent[]): void {
    if (this.data.length > 0) events.push({ event: this.event || "message", data: this.data.join("\n") });
    this.event = "";
    this.data = [];
  }

  private field(line: string): void {
    const colon = line.indexOf(":");
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") this.event = value;
    else if (name === "data") this.data.push(value);
  }
}

export type StreamState =
  | { kind: "connecting" }
  | { kind: "open" }
  /** Temporarily lost; the next attempt starts at `retryAt` (milliseconds since the epoch). */
  | { kind: "lost"; retryAt: number; reason: string }
  /** Rejected for a reason that a retry does not change, such as a query that does not parse. */
  | { kind: "refused"; error: ApiError };

export interface StreamHandlers {
  onEvent(event: ServerEvent): void;
  onState(state: StreamState): void;
}

export interface StreamOptions {
  /** Silence after which a connection counts as lost; longer than the server's heartbeat interval. */
  idleMs?: number;
  fetch?: typeof fetch;
}

export interface EventStream {
  close(): void;
  /** Retries immediately instead of waiting for the next attempt. */
  retryNow(): void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
const DEFAULT_IDLE_MS = 45_000;

/** The back-off before attempt `n` (from 0): exponential, at most 15 s, with 20 % jitter so that consoles do not reconnect in step. */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  const base = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);
  return Math.round(base * (0.8 + 0.2 * random()));
}

/**
 * Keeps an event stream open until closed, reconnecting with back-off. Unlike the browser's `EventSource` it distinguishes a
 * rejection (with its problem details) from a lost connection, and detects a silent connection.
 */
export function openEventStream(url: string, handlers: StreamHandlers, options: StreamOptions = {}): EventStream {
  const idleMs = options.idleMs ?? DEFAULT_IDLE_MS;
  const load = options.fetch ?? fetch;
  let closed = false;
  let attempt = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let abort = new AbortController();

  /** An error in the receiver is reported as such and not treated as a lost connection. */
  function deliver(event: ServerEvent): void {
    try {
      handlers.onEvent(event);
    } catch (error) {
      reportError(error);
    }
  }

  async function connect(): Promise<void> {
    const mine = new AbortController();
    abort = mine;
    let idleTimer: ReturnType<typeof setTimeout> | undefined;
    let reason = t("The server ended the connection.");
    const alive = () => {
      clearTimeout(idleTimer);
      idleTimer = setTimeout(() => {
        reason = t("The server stopped responding.");
        mine.abort();
      }, idleMs);
    };
    try {
      alive();
      const response = await ensureOk(
        await load(url, { headers: { Accept: "text/event-stream" }, cache: "no-store", signal: mine.signal }),
      );
      if (!response.body) throw new TypeError("The answer has no body.");
      attempt = 0;
      handlers.onState({ kind: "open" });
      const parser = new SseParser();
      for await (const text of readText(response.body)) {
        if (closed || mine !== abort) return;
        alive();
        for (const event of parser.push(text)) deliver(event);
      }
    } catch (error) {
      if (error instanceof ApiError) {
        const final = error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429;
        if (final && !closed) {
          handlers.onState({ kind: "refused", error });
          return;
        }
        reason = error.message;
      } else if (error instanceof TypeError) {
        reason = t("The server cannot be reached.");
      }
    } finally {
      clearTimeout(idleTimer);
    }
    if (closed || mine !== abort) return;
    const delay = retryDelay(attempt++);
    handlers.onState({ kind: "lost", retryAt: Date.now() + delay, reason });
    retryTimer = setTimeout(() => void connect(), delay);
  }

  handlers.onState({ kind: "connecting" });
  void connect();
  return {
    close() {
      closed = true;
      clearTimeout(retryTimer);
      abort.abort();
    },
    retryNow() {
      if (closed) return;
      clearTimeout(retryTimer);
      const previous = abort;
      handlers.onState({ kind: "connecting" });
      void connect();
      previous.abort();
    },
  };
}
