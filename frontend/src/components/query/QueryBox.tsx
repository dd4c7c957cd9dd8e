import "./query.css";
import { lazy, Suspense, useLayoutEffect, useRef } from "react";
import { useQueryCheck } from "../../hooks/useQueryCheck";
import { useShortcuts } from "../../hooks/useShortcuts";
import { t } from "../../i18n";
import type { EditorProps, QueryBoxProps } from "./queryBoxProps";

const QueryEditor = lazy(() => import("./QueryEditor"));

/** Focuses the page's query box. */
export function focusQuery(): void {
  document.querySelector<HTMLElement>("[data-query-input]")?.focus();
}

/** A LogsQL field with highlighting, completion and underlined errors. `/` focuses it. */
export function QueryBox(props: QueryBoxProps) {
  useShortcuts({ "/": focusQuery });
  const check = useQueryCheck(props.value);
  // The query may have been corrected since it last ran.
  const problem = check.kind === "fine" ? undefined : props.problem;
  const caretRef = useRef<number | null>(null);
  const marked = check.kind === "mistake" ? check.problem : problem;
  return (
    <div className="query-box" data-invalid={marked ? "" : undefined}>
      <Suspense fallback={<PlainQuery {...props} caretRef={caretRef} />}>
        <QueryEditor {...props} problem={marked} caretRef={caretRef} />
      </Suspense>
      {problem && (
        <p className="query-problem" role="alert">
          {problem.column !== undefined && (
            <span className="muted">
              {problem.line !== undefined && problem.line > 1
                ? t("line {line}, column {column}:", { line: problem.line, column: problem.column })
                : t("column {column}:", { column: problem.column })}{" "}
            </span>
          )}
          {problem.detail ?? problem.title}
        </p>
      )}
    </div>
  );
}

/** Usable while the editor loads; the editor takes over even in the middle of a word. */
function PlainQuery({ value, onChange, onRun, label, caretRef }: EditorProps) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const field = input.current;
    return () => {
      caretRef.current = field !== null && document.activeElement === field ? field.selectionStart : null;
    };
  }, [caretRef]);
  return (
    <input
      ref={input}
      className="query-plain mono"
      aria-label={label}
      data-query-input=""
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onRun();
      }}
    />
  );
}
