import { useState } from "react";

/** A value under edit: starts as the given one, and starts over when that changes. */
export function useDraft<T>(value: T): [T, (draft: T) => void] {
  const [state, setState] = useState({ value, draft: value });
  const current = state.value === value ? state : { value, draft: value };
  if (current !== state) setState(current);
  return [current.draft, (draft) => setState({ value, draft })];
}
