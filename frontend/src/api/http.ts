import { t } from "../i18n";
import { noteResponse } from "../models/partial";

/** RFC 9457 problem details, as the server sends them with every error. */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  /** Stable name of the error, for example `query_syntax`. */
  code?: string;
  /** Position in the query, counted from 1. */
  line?: number;
  column?: number;
  /** Errors of single properties of the request body. */
  errors?: { property: string; reason: string }[];
}

/** A response other than 2xx. An unreachable server surfaces as the browser's own `TypeError`. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;
  /** The pause that the server asks for before a retry, if any. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, problem: Problem, retryAfterMs?: number) {
    super(problem.detail ?? problem.title ?? t("The server answered {status}.", { status: `${status}` }));
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/** True when the server does not offer a path, such as an older server or one with another storage. */
export function isAbsent(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 405 || error.status === 501);
}

/** True when the user is authenticated but lacks the permission. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}

/** True for a query with an error; the problem says where it is. */
export function isQueryMistake(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 400;
}

/** The pause before a retry on a busy server (429, 503), in milliseconds; `undefined` for all other errors. */
export function retryAfterMs(error: unknown): number | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.retryAfterMs ?? (error.status === 429 ? 1_000 : undefined);
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/** The message to show for a failed call. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof TypeError) return t("The server cannot be reached.");
  return error instanceof Error ? error.message : String(error);
}

export type Params = Record<string, string | number | undefined>;

/** A URL relative to the page, so that the console also works below a path of a reverse proxy. Skips empty parameters. */
export function apiUrl(path: string, params: Params = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? `api/v1/${path}` : `api/v1/${path}?${text}`;
}

/** Turns a response other than 2xx into an {@link ApiError} with its problem details, if any. */
export async function ensureOk(response: Response): Promise<Response> {
  if (response.ok) {
    noteResponse(response);
    return response;
  }
  let problem: Problem = {
    title: response.statusText || t("The server answered {status}.", { status: `${response.status}` }),
  };
  if ((response.headers.get("content-type") ?? "").includes("json")) {
    try {
      problem = { ...problem, ...((await response.json()) as Problem) };
    } catch {
      // A truncated body adds nothing to the status.
    }
  }
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  throw new ApiError(response.status, problem, Number.isFinite(seconds) ? seconds * 1000 : undefined);
}

export async function getJson<T>(path: string, params?: Params, signal?: AbortSignal): Promise<T> {
  const response = await fetch(apiUrl(path, params), {
    headers: { Accept: "application/json" },
    signal: signal ?? null,
  });
  return (await (await ensureOk(response)).json()) as T;
}

/** As {@link getJson}, for parameters that are too long for an address; a list is sent as several of its name. */
export async function postForm<T>(
  path: string,
  params: Record<string, string | undefined | readonly string[]>,
  signal?: AbortSignal,
): Promise<T> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of typeof value === "string" ? [value] : (value ?? [])) body.append(name, one);
  }
  const response = await fetch(apiUrl(path), {
    method: "POST",
    headers: { Accept: "application/json" },
    body,
    signal: signal ?? null,
  });
  return (await (await ensureOk(response)).json()) as T;
}

/** Sends a body and returns the response's JSON, or `undefined` for an empty response. */
export async function sendJson<T>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const init: RequestInit = { method, headers: { Accept: "application/json" }, signal: signal ?? null };
  if (body !== undefined) {
    init.headers = { ...init.headers, "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await ensureOk(await fetch(apiUrl(path), init));
  const text = await response.text();
  return text === "" ? undefined : (JSON.parse(text) as T);
}
