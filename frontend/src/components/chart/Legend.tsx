import "./chart.css";

export interface LegendItem {
  name: string;
  token: string;
  href?: string;
}

/** Names the colours of a chart; an item with an address links to its records. */
export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <div className="legend">
      {items.map(({ name, token, href }) => {
        const content = (
          <>
            <i style={{ background: `var(${token})` }} />
            {name}
          </>
        );
        return href ? (
          <a key={name} href={href}>
            {content}
          </a>
        ) : (
          <span key={name}>{content}</span>
        );
      })}
    </div>
  );
}
