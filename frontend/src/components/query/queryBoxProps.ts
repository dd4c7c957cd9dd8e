import type { RefObject } from "react";
import type { Problem } from "../../api/http";
import type { Asked } from "../../api/query";

export interface QueryBoxProps {
  value: string;
  onChange: (query: string) => void;
  onRun: () => void;
  /** The server's error for the query that ran last; its position is underlined. */
  problem?: Problem | undefined;
  /** The time range that suggestions are looked up in. */
  asked?: () => Omit<Asked, "query">;
  /** Called with the stage at the caret, 0 for the filters. */
  onStage?: (stage: number) => void;
  label: string;
  hint?: string;
}

export interface EditorProps extends QueryBoxProps {
  /** The cursor position in the plain field that the editor replaces; `null` where the field had no focus. */
  caretRef: RefObject<number | null>;
}
