import { useEffect, useMemo } from "react";
import { useParams } from "../../hooks/useRoute";
import { decodeRules, encodeRule, storedRules, storeRules, type MarkRule } from "../../models/rowMarks";
import { TAKEN_VIEWS } from "../../models/taken";

/** What Live shows, as its address says. */
export interface LiveState {
  query: string;
  level: string;
  /** Whether records that are not stored are shown, by the name of the API. */
  taken: string;
  rules: readonly MarkRule[];
  /** Whether the server's own records are left out, as they are until somebody asks for them. */
  othersOnly: boolean;
}

/** The state of Live in its address, and a function that changes parts of it. */
export function useLiveState(): [LiveState, (part: Partial<LiveState>, how?: "push" | "replace") => void] {
  const [params, setParams] = useParams("live");
  const state = useMemo<LiveState>(
    () => ({
      query: params.get("q") || "*",
      level: params.get("level") ?? "",
      taken: TAKEN_VIEWS.find(({ value }) => value === params.get("view"))?.value ?? "",
      rules: decodeRules(params.getAll("hl")),
      othersOnly: params.get("own") === "hidden" || !params.has("q"),
    }),
    [params],
  );

  function change(part: Partial<LiveState>, how: "push" | "replace" = "push") {
    const { query, level, taken, rules, othersOnly } = { ...state, ...part };
    const search = new URLSearchParams({ q: query.trim() || "*" });
    if (othersOnly) search.set("own", "hidden");
    if (level) search.set("level", level);
    if (taken) search.set("view", taken);
    for (const rule of rules) search.append("hl", encodeRule(rule));
    if (part.rules) storeRules(rules);
    setParams(search, how);
  }

  // An address without rules takes those that this browser keeps, so that it can be shared with them.
  const bare = state.rules.length === 0;
  useEffect(() => {
    const rules = bare ? storedRules() : [];
    if (rules.length > 0) change({ rules }, "replace");
    // Only when the page opens: who removes the last rule wants none.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return [state, change];
}
