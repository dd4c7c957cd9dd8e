import type { Speech } from "../locale";
import { particles } from "./particles";
import admin from "./admin";
import alerts from "./alerts";
import capsule from "./capsule";
import dashboards from "./dashboards";
import explore from "./explore";
import inputs from "./inputs";
import nodes from "./nodes";
import overview from "./overview";
import records from "./records";
import rules from "./rules";
import series from "./series";
import shared from "./shared";
import shell from "./shell";
import sinks from "./sinks";
import templates from "./templates";
import transforms from "./transforms";

/** The Korean catalogue: one file per page or room, in the order of the pages. */
export const FILES = {
  capsule,
  dashboards,
  shell,
  shared,
  overview,
  records,
  explore,
  templates,
  series,
  alerts,
  rules,
  inputs,
  transforms,
  sinks,
  nodes,
  admin,
};

const speech: Speech = {
  texts: Object.assign({}, ...Object.values(FILES)) as Record<string, string>,
  finish: particles,
};

export default speech;
