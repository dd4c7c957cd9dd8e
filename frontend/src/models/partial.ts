/** The codes by which an answer says that records are missing from it. */
const CODES = ["node_missing", "tier_unreachable", "damaged_data"];

/**
 * What the answers of the page lack: the latest of each kind of request counts, so that a complete answer takes the note of
 * an incomplete one away.
 */
export class PartialStore {
  private notes = new Map<string, string>();
  private shown: readonly string[] = [];
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (notify: () => void): (() => void) => {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  };

  /** What is missing, each once. */
  readonly read = (): readonly string[] => this.shown;

  /** Notes what an answer lacks; nothing means that it is complete. */
  note(kind: string, missing: string | undefined): void {
    if (this.notes.get(kind) === missing) return;
    if (missing === undefined) this.notes.delete(kind);
    else this.notes.set(kind, missing);
    this.update();
  }

  /** Another page is shown, whose answers are others. */
  clear(): void {
    if (this.notes.size === 0) return;
    this.notes.clear();
    this.update();
  }

  private update(): void {
    this.shown = [...new Set([...this.notes.values()].flatMap((text) => text.split("; ")))];
    for (const notify of this.listeners) notify();
  }
}

export const partialStore = new PartialStore();

/** Notes what the headers of an answer say about it. */
export function noteResponse(response: Response): void {
  const code = response.headers.get("x-logcaster-partial");
  const kind = kindOf(response.url);
  partialStore.note(kind, code === null ? undefined : (response.headers.get("x-logcaster-partial-reason") ?? code));
}

/** The kind of a request: its path, because only the latest of each counts. */
export function kindOf(url: string): string {
  return url.replace(/[?#].*$/, "").replace(/^.*\/api\/v1\//, "");
}

/** What a row of a stream says is missing; `undefined` for a record, and for other errors. */
export function missingOf(row: Record<string, string>): string | undefined {
  if (row._error === undefined || !CODES.includes(row._error_code ?? "")) return undefined;
  return row._error.replace(/^The answer is not complete, records are left out that cannot be read: /, "");
}
