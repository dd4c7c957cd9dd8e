import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isQueryMistake, type Problem } from "../api/http";
import { explain } from "../api/query";

/** A pause this long in typing means that the query may be looked at; a shorter one would complain about half a word. */
const PAUSE_MS = 500;

export type QueryCheck = { kind: "unknown" } | { kind: "fine" } | { kind: "mistake"; problem: Problem };

const UNKNOWN: QueryCheck = { kind: "unknown" };

/** What the server thinks of a query that is being written, without running it. */
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
