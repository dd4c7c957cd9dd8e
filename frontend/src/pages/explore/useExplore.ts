import { useState } from "react";
import type { Asked } from "../../api/query";
import { useParams } from "../../hooks/useRoute";
import { decodeExplore, encodeExplore, type ExploreState } from "../../models/exploreState";
import { encodeRange, resolveRange } from "../../models/timeRange";

export interface Explore {
  state: ExploreState;
  /** The query that ran last, with its range resolved at that time. */
  asked: Asked;
  change: (part: Partial<ExploreState>) => void;
  /** Runs the query (again); a relative range ends now. */
  run: (part?: Partial<ExploreState>) => void;
}

function ask({ query, range }: ExploreState): Asked {
  return { query, ...resolveRange(range, Date.now()) };
}

/** Explore's state, which is kept in the address, and the query to run. */
export function useExplore(): Explore {
  const [params, setParams] = useParams("explore");
  const state = decodeExplore(params);
  const question = `${state.query}\n${encodeRange(state.range)}`;
  const [put, setPut] = useState(() => ({ question, asked: ask(state) }));
  const current = put.question === question ? put : { question, asked: ask(state) };
  if (current !== put) setPut(current);

  function change(part: Partial<ExploreState>) {
    setParams(encodeExplore({ ...state, ...part }));
  }

  return {
    state,
    asked: current.asked,
    change,
    run(part = {}) {
      const next = { ...state, ...part };
      if (part.query !== undefined) next.query = part.query.trim() || "*";
      // The tab was selected for the old query and may not fit the new one.
      if (next.query !== state.query && part.tab === undefined) delete next.tab;
      setPut({ question: `${next.query}\n${encodeRange(next.range)}`, asked: ask(next) });
      setParams(encodeExplore(next));
    },
  };
}
