import type { ReactNode } from "react";
import { ErrorText } from "./ErrorText";

interface Props {
  title: string;
  /** A word of explanation beside the title. */
  note?: ReactNode;
  /** Stands at the right end of the head. */
  aside?: ReactNode;
  /** What went wrong with loading the content, if anything. */
  error?: unknown;
  className?: string;
  children?: ReactNode;
}

/** A titled box of a page. */
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
