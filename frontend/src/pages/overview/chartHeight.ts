/** Both charts of the overview stand side by side, so they share their height (pixels). */
export const CHART_HEIGHT = 176;
