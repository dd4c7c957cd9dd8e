import { useState, type ReactNode } from "react";
import { t } from "../i18n";
import { IconButton } from "./IconButton";

interface Props {
  /** The accessible name of the first button: what it will do. */
  label: string;
  /** The label of the button that confirms. */
  verb?: string;
  /** The label of the button that cancels. */
  otherwise?: string;
  busy: boolean;
  onConfirm: () => void;
  /** Shown beside the first button. */
  children?: ReactNode;
}

/** A button that asks for confirmation, for actions that cannot be undone. */
export function AskTwice({ label, verb = t("Delete"), otherwise = t("Keep"), busy, onConfirm, children }: Props) {
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
