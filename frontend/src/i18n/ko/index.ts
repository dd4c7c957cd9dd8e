import type { Speech } from "../locale";
import { particles } from "./particles";
import shell from "./shell";

/** The Korean catalogue: one file per page or room, in the order of the pages. */
export const FILES = { shell };

const speech: Speech = {
  texts: Object.assign({}, ...Object.values(FILES)) as Record<string, string>,
  finish: particles,
};

export default speech;
