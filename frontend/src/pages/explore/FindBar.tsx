import { useEffect, useRef } from "react";
import { IconButton } from "../../components/IconButton";
import { t } from "../../i18n";
import { formatInteger } from "../../models/format";

interface Props {
  text: string;
  onText: (text: string) => void;
  /** Rows that contain the text, and which of them is the current one, from 0; -1 for none. */
  found: number;
  current: number;
  onStep: (step: 1 | -1) => void;
  onClose: () => void;
}

/** A field that searches in the loaded rows; Enter goes to the next one, Shift+Enter to the one before. */
export function FindBar({ text, onText, found, current, onStep, onClose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <div className="find-bar" role="search">
      <input
        ref={input}
        className="input"
        aria-label={t("Find in the loaded rows")}
        placeholder={t("Find in the loaded rows")}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onStep(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") onClose();
          else return;
          event.preventDefault();
        }}
      />
      <span className="muted" role="status">
        {text !== "" &&
          (found === 0
            ? t("no row")
            : current < 0
              ? `${formatInteger(found)} ${found === 1 ? "row" : "rows"}`
              : t("{current} of {found}", { current: formatInteger(current + 1), found: formatInteger(found) }))}
      </span>
      <IconButton
        icon="up"
        label={t("The row before (Shift+Enter)")}
        disabled={found === 0}
        onClick={() => onStep(-1)}
      />
      <IconButton icon="down" label={t("The next row (Enter)")} disabled={found === 0} onClick={() => onStep(1)} />
      <IconButton icon="close" label={t("Close the search in rows")} onClick={onClose} />
    </div>
  );
}
