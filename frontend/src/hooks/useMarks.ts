import { useQuery } from "@tanstack/react-query";
import { isAbsent } from "../api/http";
import { getMarks } from "../api/templates";

/** How soon a mark that a deploy script sets appears on open charts. */
const POLL_MS = 30_000;

/** All marks, oldest first. */
export function useMarks() {
  return useQuery({
    queryKey: ["marks"],
    queryFn: ({ signal }) => getMarks(signal),
    staleTime: 10_000,
    refetchInterval: ({ state }) => (isAbsent(state.error) ? false : POLL_MS),
  });
}
