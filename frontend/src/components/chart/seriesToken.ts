/** As many colours as can be told apart; further series begin again. */
export const SERIES_COLOURS = 10;

/** The CSS variable of the colour of a chart's series. */
export function seriesToken(index: number): string {
  return `--series-${(index % SERIES_COLOURS) + 1}`;
}
