import { useCallback, useMemo, useSyncExternalStore } from "react";
import { parseRoute, routeHash, type Page, type Route } from "../models/route";

const replaced = new Set<() => void>();

function subscribe(notify: () => void): () => void {
  window.addEventListener("hashchange", notify);
  replaced.add(notify);
  return () => {
    window.removeEventListener("hashchange", notify);
    replaced.delete(notify);
  };
}

const currentHash = () => window.location.hash;

export function navigate(page: Page, params?: URLSearchParams, how: "push" | "replace" = "push"): void {
  const hash = routeHash(page, params);
  if (hash === window.location.hash) return;
  if (how === "push") {
    window.location.hash = hash;
    return;
  }
  // `replaceState` raises no event.
  window.history.replaceState(null, "", hash);
  for (const notify of replaced) notify();
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, currentHash);
  return useMemo(() => parseRoute(hash), [hash]);
}

/** The current page's parameters and a function that sets them. */
export function useParams(page: Page): [URLSearchParams, (params: URLSearchParams, how?: "push" | "replace") => void] {
  const route = useRoute();
  const set = useCallback(
    (params: URLSearchParams, how: "push" | "replace" = "push") => navigate(page, params, how),
    [page],
  );
  return [route.params, set];
}
