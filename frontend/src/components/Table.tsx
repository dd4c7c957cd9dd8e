import type { ReactNode } from "react";
import { formatInteger } from "../models/format";

interface Props {
  /** Column titles; `#` at the end marks a numeric column, an empty title a column without a heading. */
  heads: readonly string[];
  className?: string;
  children: ReactNode;
}

/** A table that scrolls horizontally where it does not fit. */
export function Table({ heads, className = "", children }: Props) {
  return (
    <div className="table-scroll">
      <table className={`table ${className}`}>
        <thead>
          <tr>
            {heads.map((head, index) =>
              head === "" ? (
                <td key={index} />
              ) : (
                <th key={index} className={head.endsWith("#") ? "num" : undefined}>
                  {head.replace(/#$/, "")}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** A cell with a count that is highlighted when it is not zero. */
export function Trouble({ count }: { count: number }) {
  return <td className={count > 0 ? "num danger-text" : "num muted"}>{formatInteger(count)}</td>;
}
