import { useState } from "react";

/** An editable copy of a value; reset when the value changes. */
export function useDraft<T>(value: T): [T, (draft: T) => void] {
  const [state, setState] = useState({ value, draft: value });
  const current = state.value === value ? state : { value, draft: value };
  if (current !== state) setState(current);
  return [current.draft, (draft) => setState({ value, draft })];
}
