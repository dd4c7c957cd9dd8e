import { useState } from "react";
import { IconButton } from "./IconButton";

/** Copies a text to the clipboard and says whether that worked. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [said, setSaid] = useState<string>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      setSaid("The browser does not allow copying here");
    }
    setTimeout(() => setSaid(undefined), 1500);
  }
  return (
    <span className="copy">
      <IconButton icon="copy" label={label} onClick={() => void copy()} />
      {said && (
        <span className="panel-note" role="status">
          {said}
        </span>
      )}
    </span>
  );
}
