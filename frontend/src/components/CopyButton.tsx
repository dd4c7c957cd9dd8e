import { useState } from "react";
import { t } from "../i18n";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";

interface Props {
  text: string;
  /** What is copied; used as accessible name and tooltip. */
  label: string;
  /** Text beside the icon, for buttons that are not next to what they copy. */
  caption?: string;
}

/** Copies text to the clipboard and says whether that worked. */
export function CopyButton({ text, label, caption }: Props) {
  const [said, setSaid] = useState<string>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t("Copied"));
    } catch {
      setSaid(t("The browser does not allow copying here"));
    }
    setTimeout(() => setSaid(undefined), 1500);
  }
  return (
    <span className="copy">
      {caption ? (
        <button
          type="button"
          className="button button-quiet"
          aria-label={label}
          title={label}
          onClick={() => void copy()}
        >
          <Icon name="copy" /> {caption}
        </button>
      ) : (
        <IconButton icon="copy" label={label} onClick={() => void copy()} />
      )}
      {said && (
        <span className="panel-note" role="status">
          {said}
        </span>
      )}
    </span>
  );
}
