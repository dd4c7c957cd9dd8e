import type { ReactNode } from "react";

interface Props {
  /** Names of the columns; one that ends in `#` holds numbers, an empty one needs no name. */
  heads: readonly string[];
  className?: string;
  children: ReactNode;
}

/** A table that scrolls sideways where it does not fit. */
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

/** A count that is worth a look as soon as it is not zero. */
export function Trouble({ count }: { count: number }) {
  return <td className={count > 0 ? "num danger-text" : "num muted"}>{count.toLocaleString("en-US")}</td>;
}
