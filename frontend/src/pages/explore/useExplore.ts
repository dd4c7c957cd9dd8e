import { useState } from "react";
import type { Asked } from "../../api/query";
import { useParams } from "../../hooks/useRoute";
import { decodeExplore, encodeExplore, type ExploreState } from "../../models/exploreState";
import { encodeRange, resolveRange } from "../../models/timeRange";

export interface Explore {
  state: ExploreState;
  /** The question put last: the query with its range as it was at that moment. */
  asked: Asked;
  change: (part: Partial<ExploreState>) => void;
  /** Puts the question (again): with a relative range, up to now. */
  run: (part?: Partial<ExploreState>) => void;
}

function ask({ query, range }: ExploreState): Asked {
  return { query, ...resolveRange(range, Date.now()) };
}

/** Explore's state, which lives in the address, and the question that follows from it. */
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
      // A tab was chosen for the query it was chosen with; another one may have no use for it.
      if (next.query !== state.query && part.tab === undefined) delete next.tab;
      setPut({ question: `${next.query}\n${encodeRange(next.range)}`, asked: ask(next) });
      setParams(encodeExplore(next));
    },
  };
}
