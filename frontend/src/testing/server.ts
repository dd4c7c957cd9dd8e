import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createElement, type ReactElement } from "react";
import { render } from "@testing-library/react";
import { vi } from "vitest";

type Answer = (url: URL, init: RequestInit | undefined) => Response | Promise<Response>;

/** Answers the console's calls by path below `api/v1/`; other paths answer 404. Returns the calls made. */
export function serve(answers: Record<string, Answer>): URL[] {
  const calls: URL[] = [];
  vi.stubGlobal("fetch", (input: string, init?: RequestInit) => {
    const url = new URL(input, "http://console.test/");
    calls.push(url);
    const answer = answers[url.pathname.replace("/api/v1/", "")];
    return Promise.resolve(
      answer
        ? answer(url, init)
        : new Response("{}", { status: 404, headers: { "content-type": "application/problem+json" } }),
    );
  });
  return calls;
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": status < 400 ? "application/json" : "application/problem+json" },
  });
}

/** An event stream that stays open; tests send its events. */
export function eventStream(): { answer: Answer; send: (event: string, data: unknown) => void } {
  const writers = new Set<ReadableStreamDefaultController<Uint8Array>>();
  return {
    answer: () => {
      const body = new ReadableStream<Uint8Array>({ start: (controller) => void writers.add(controller) });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    },
    send: (event, data) => {
      const bytes = new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      for (const writer of writers) writer.enqueue(bytes);
    },
  };
}

/** Renders an element as the application does, with its own query cache. */
export function draw(element: ReactElement) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(createElement(QueryClientProvider, { client }, element));
}
