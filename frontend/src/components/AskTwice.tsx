import { useState, type ReactNode } from "react";
import { IconButton } from "./IconButton";

interface Props {
  /** What the first click is for; the accessible name of its button. */
  label: string;
  /** What the second click does, in a word. */
  verb?: string;
  /** How to leave everything as it is. */
  otherwise?: string;
  busy: boolean;
  onConfirm: () => void;
  /** Stands beside the first button. */
  children?: ReactNode;
}

/** Two clicks for what cannot be taken back. */
export function AskTwice({ label, verb = "Delete", otherwise = "Keep", busy, onConfirm, children }: Props) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <>
        {children}
        <IconButton icon="trash" label={label} onClick={() => setAsking(true)} />
      </>
    );
  }
  return (
    <>
      <button type="button" className="button button-danger" disabled={busy} onClick={onConfirm}>
        {verb}
      </button>{" "}
      <button type="button" className="button" onClick={() => setAsking(false)}>
        {otherwise}
      </button>
    </>
  );
}
