import "./query.css";
import { useLayoutEffect, useRef, useState } from "react";
import { useQueryCheck } from "../../hooks/useQueryCheck";
import { useShortcuts } from "../../hooks/useShortcuts";
import { t } from "../../i18n";
import type { EditorProps, QueryBoxProps } from "./queryBoxProps";
import { useEditor } from "./useEditor";

/** A longer query may need more lines than the plain field has. */
const SHORT = 40;

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
  const [touched, setTouched] = useState(false);
  // A syllable that is being composed would be torn apart.
  const [composing, setComposing] = useState(false);
  const Editor = useEditor(touched || marked !== undefined || props.value.length > SHORT || props.value.includes("\n"));
  return (
    <div className="query-box" data-invalid={marked ? "" : undefined}>
      {Editor && !composing ? (
        // It is the one of a module, only known later.
        // eslint-disable-next-line react-hooks/static-components
        <Editor {...props} problem={marked} caretRef={caretRef} />
      ) : (
        <PlainQuery {...props} caretRef={caretRef} onTouch={() => setTouched(true)} onComposing={setComposing} />
      )}
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

interface PlainProps extends EditorProps {
  onTouch: () => void;
  onComposing: (composing: boolean) => void;
}

/** Usable while the editor loads; the editor takes over even in the middle of a word. */
function PlainQuery({ value, onChange, onRun, label, hint, caretRef, onTouch, onComposing }: PlainProps) {
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
      placeholder={hint}
      spellCheck={false}
      autoCapitalize="off"
      value={value}
      onFocus={onTouch}
      onPointerEnter={onTouch}
      onCompositionStart={() => onComposing(true)}
      onCompositionEnd={() => onComposing(false)}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) onRun();
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
