import "./pattern.css";
import { patternParts } from "../models/patterns";

/** A template with its variables set apart. */
export function PatternText({ pattern }: { pattern: string }) {
  return patternParts(pattern).map(({ text, variable }, index) => (variable ? <i key={index}>{text}</i> : text));
}
