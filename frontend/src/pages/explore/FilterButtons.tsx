interface Props {
  /** A filter of the query language; nothing is rendered without one. */
  filter: string | undefined;
  onFilter: (filter: string, exclude: boolean) => void;
}

/** Buttons that narrow the search to a filter's records, or to all others. */
export function FilterButtons({ filter, onFilter }: Props) {
  if (filter === undefined) return null;
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        title={`Records with ${filter}`}
        onClick={() => onFilter(filter, false)}
      >
        Only
      </button>
      <button
        type="button"
        className="button button-quiet"
        title={`Records without ${filter}`}
        onClick={() => onFilter(filter, true)}
      >
        Without
      </button>
    </>
  );
}
