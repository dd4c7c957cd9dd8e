import { useEffect, useState } from "react";

/** The pause in typing after which a draft is tested. */
const PAUSE_MS = 600;

/** The text, once it has not changed for a while; empty before. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
