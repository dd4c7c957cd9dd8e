/** Cumulative sums across series, so that each is drawn on top of those before it. Gaps count as zero where any series has a value. */
export function stack(series: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const length = series[0]?.length ?? 0;
  const sums = new Array<number>(length).fill(0);
  const known = new Array<boolean>(length).fill(false);
  for (const values of series) {
    values.forEach((value, index) => {
      if (value !== null) known[index] = true;
    });
  }
  return series.map((values) =>
    values.map((value, index) => {
      sums[index] = (sums[index] ?? 0) + (value ?? 0);
      return known[index] ? (sums[index] ?? 0) : null;
    }),
  );
}
