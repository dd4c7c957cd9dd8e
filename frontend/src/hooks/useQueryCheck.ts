import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isQueryMistake, type Problem } from "../api/http";
import { explain } from "../api/query";

/** The pause in typing after which the query is checked; a shorter one would report errors in half-typed words. */
const PAUSE_MS = 500;

export type QueryCheck = { kind: "unknown" } | { kind: "fine" } | { kind: "mistake"; problem: Problem };

const UNKNOWN: QueryCheck = { kind: "unknown" };

/** Checks a query on the server while it is being typed, without running it. */
export function useQueryCheck(query: string): QueryCheck {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(query), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [query]);
  const { error, isSuccess } = useQuery({
    queryKey: ["explain", settled],
    queryFn: ({ signal }) => explain(settled, signal),
    enabled: settled.trim() !== "",
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (settled !== query) return UNKNOWN;
  if (isQueryMistake(error)) return { kind: "mistake", problem: error.problem };
  return isSuccess ? { kind: "fine" } : UNKNOWN;
}
