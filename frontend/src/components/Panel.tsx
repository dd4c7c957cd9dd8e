import type { ReactNode } from "react";
import { ErrorText } from "./ErrorText";

interface Props {
  title: string;
  /** A short explanation beside the title. */
  note?: ReactNode;
  /** Shown at the right end of the header. */
  aside?: ReactNode;
  /** The error of loading the content, if any. */
  error?: unknown;
  className?: string;
  children?: ReactNode;
}

/** A section of a page with a title. */
export function Panel({ title, note, aside, error, className = "", children }: Props) {
  return (
    <section className={`panel ${className}`}>
      <div className="panel-head">
        <h2>{title}</h2>
        {note && <span className="panel-note">{note}</span>}
        <span className="spacer" />
        {aside}
      </div>
      <ErrorText as="p" className="empty-row" error={error} />
      {children}
    </section>
  );
}
