import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryRows } from "../api/query";
import type { Row } from "../api/types";
import { OTHERS, useIsEmpty } from "./useIsEmpty";

/** How often the record is looked for: it is counted as received shortly before it can be found. */
const LOOK_MS = 1_000;

/** Whether the server waits for its first record, and that record once it came while the page was open. */
export function useFirstRecord(): { waiting: boolean; record: Row | undefined } {
  const waiting = useIsEmpty();
  const [waited, setWaited] = useState(waiting);
  if (waiting && !waited) setWaited(true);
  const { data } = useQuery({
    queryKey: ["first record"],
    queryFn: ({ signal }) => queryRows({ query: OTHERS }, 1, signal),
    enabled: waited && !waiting,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data && state.data.length > 0 ? false : LOOK_MS),
  });
  return { waiting, record: waited && !waiting ? data?.[0] : undefined };
}
