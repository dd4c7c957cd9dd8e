import { useEffect, useState } from "react";
import { useInputs } from "./useInputs";
import { useEmptiness } from "./useIsEmpty";

const MOST_MS = 700;

/** True once it is known whether a page begins with the first steps, which push down what is below; soon true in any case. */
export function useBeginning(): boolean {
  const empty = useEmptiness();
  const inputs = useInputs();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), MOST_MS);
    return () => clearTimeout(timer);
  }, []);
  return late || empty === false || (empty === true && !inputs.isPending);
}
