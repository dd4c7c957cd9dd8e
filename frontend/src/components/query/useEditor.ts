import { useEffect, useState } from "react";
import type { EditorProps } from "./queryBoxProps";

type Editor = (props: EditorProps) => React.ReactNode;

/** How long the page has for its records before it also loads what only helps to write another query. */
const QUIET_MS = 1_000;

let loaded: Editor | undefined;

/**
 * The editor once it is loaded. It is the largest part of the console, so it is fetched when somebody is about to write
 * (`wanted`), or else when the page has settled. Without it the plain field stays, which does all but help.
 */
export function useEditor(wanted: boolean): Editor | undefined {
  const [editor, setEditor] = useState(() => loaded);
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  const due = (wanted || settled) && !editor;
  useEffect(() => {
    if (!due) return undefined;
    let mounted = true;
    import("./QueryEditor").then(
      ({ default: found }) => {
        loaded = found;
        if (mounted) setEditor(() => found);
      },
      () => undefined,
    );
    return () => {
      mounted = false;
    };
  }, [due]);
  return editor;
}
