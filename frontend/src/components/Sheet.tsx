import { useEffect, useRef, type ReactNode } from "react";
import { t } from "../i18n";
import { IconButton } from "./IconButton";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A modal sheet over the page; the browser keeps the focus inside and closes it on Escape. */
export function Sheet({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.showModal();
    // The browser would focus the close button first.
    element.querySelector<HTMLElement>(".sheet-body :is(input, select, textarea)")?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="panel-head">
        <h2>{title}</h2>
        <span className="spacer" />
        <IconButton icon="close" label={t("Close")} onClick={onClose} />
      </div>
      <div className="sheet-body">{children}</div>
    </dialog>
  );
}
