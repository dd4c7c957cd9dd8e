import { useState } from "react";
import type { Asked } from "../../api/query";
import { useParams } from "../../hooks/useRoute";
import { decodeExplore, encodeExplore, type ExploreState } from "../../models/exploreState";
import { remember } from "../../models/recent";
import { withoutOwn } from "../../models/ownRecords";
import { encodeRange, resolveRange } from "../../models/timeRange";

export interface Explore {
  state: ExploreState;
  /** The query that ran last, with its range resolved at that time. */
  asked: Asked;
  change: (part: Partial<ExploreState>) => void;
  /** Runs the query (again); a relative range ends now. */
  run: (part?: Partial<ExploreState>) => void;
  /** Returns to the query and range before the last change; absent where there was none. */
  undo: (() => void) | undefined;
}

function ask({ query, range, othersOnly }: ExploreState): Asked {
  return { query: othersOnly ? withoutOwn(query) : query, ...resolveRange(range, Date.now()) };
}

function questionOf({ query, range, othersOnly }: ExploreState): string {
  return `${query}\n${encodeRange(range)}\n${othersOnly ? "others" : ""}`;
}

/** States before the changes of this visit, the latest last. */
const past: ExploreState[] = [];
const MOST_PAST = 100;

/** Explore's state, which is kept in the address, and the query to run. */
export function useExplore(): Explore {
  const [params, setParams] = useParams("explore");
  const state = decodeExplore(params);
  const question = questionOf(state);
  const [put, setPut] = useState(() => ({ question, asked: ask(state) }));
  const current = put.question === question ? put : { question, asked: ask(state) };
  if (current !== put) setPut(current);

  function change(part: Partial<ExploreState>) {
    setParams(encodeExplore({ ...state, ...part }));
  }

  function show(next: ExploreState) {
    setPut({ question: questionOf(next), asked: ask(next) });
    setParams(encodeExplore(next));
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
      // The choice not to see own records is made once; later changes keep it.
      if (next.othersOnly === false) delete next.othersOnly;
      if (questionOf(next) !== question) {
        past.push(state);
        past.splice(0, past.length - MOST_PAST);
      }
      remember(next.query, next.range, Date.now());
      show(next);
    },
    undo:
      past.length === 0
        ? undefined
        : () => {
            const before = past.pop();
            if (before) show(before);
          },
  };
}
