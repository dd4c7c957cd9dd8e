import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, insertNewline } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { Asked } from "../../api/query";
import { useLanguage } from "../../hooks/useLanguage";
import { stageAt } from "../../models/stages";
import { toggleStage } from "../../models/stageComment";
import { completions } from "./completion";
import { errorPlace } from "./errorPlace";
import { logsql } from "./language";
import type { EditorProps } from "./queryBoxProps";

/** The editor itself; loaded separately, because it is the largest part of the console. */
export default function QueryEditor(props: EditorProps) {
  const { value, onChange, onRun, onStage, problem, asked, label, hint, caretRef } = props;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const language = useLanguage();
  const latest = useRef({ onChange, onRun, onStage, asked, value, language });
  useEffect(() => {
    latest.current = { onChange, onRun, onStage, asked, value, language };
  });

  // A layout effect, because the next key may already be meant for this editor.
  useLayoutEffect(() => {
    if (!box.current) return undefined;
    const range = (): Omit<Asked, "query"> => latest.current.asked?.() ?? {};
    const created = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          logsql,
          autocompletion({
            override: [completions(range, () => latest.current.language)],
            icons: false,
            activateOnCompletion: ({ type }) => type === "property",
          }),
          Prec.high(keymap.of(runKeys(() => latest.current.onRun()))),
          keymap.of([...completionKeymap, ...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            "aria-label": label,
            "data-query-input": "",
            spellcheck: "false",
            autocapitalize: "off",
          }),
          placeholder(hint ?? ""),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
            if (update.docChanged || update.selectionSet) {
              const { doc, selection } = update.state;
              latest.current.onStage?.(stageAt(doc.toString(), selection.main.head));
            }
          }),
        ],
      }),
    });
    view.current = created;
    if (caretRef.current !== null) {
      created.dispatch({ selection: { anchor: Math.min(caretRef.current, created.state.doc.length) } });
      created.focus();
      caretRef.current = null;
    }
    return () => {
      created.destroy();
      view.current = null;
    };
  }, [label, hint, caretRef]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      selection: { anchor: value.length },
    });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const place = problem && errorPlace(editor.state.doc.toString(), problem);
    const marks = place ? [{ ...place, severity: "error" as const, message: problem?.detail ?? "" }] : [];
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [problem]);

  return <div ref={box} className="query-editor" />;
}

/** Enter runs the query or accepts an open suggestion; Shift+Enter inserts a line break; Ctrl+/ comments a stage; Escape leaves the editor. */
function runKeys(run: () => void) {
  return [
    {
      key: "Enter",
      run: (editor: EditorView) => {
        if (completionStatus(editor.state) === "active") return false;
        run();
        return true;
      },
      shift: insertNewline,
    },
    { key: "Mod-Enter", run: () => (run(), true) },
    { key: "Mod-/", run: commentStage },
    {
      key: "Escape",
      run: (editor: EditorView) => {
        if (completionStatus(editor.state) === "active") return false;
        editor.contentDOM.blur();
        return true;
      },
    },
  ];
}

/** Makes the stage at the caret a comment, or a stage again. */
function commentStage(editor: EditorView): boolean {
  const { doc, selection } = editor.state;
  const edited = toggleStage(doc.toString(), selection.main.head);
  if (edited) {
    editor.dispatch({
      changes: { from: 0, to: doc.length, insert: edited.text },
      selection: { anchor: edited.caret },
      userEvent: "input",
    });
  }
  return true;
}
