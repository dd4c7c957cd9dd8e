import { createContext } from "react";

/** What is marked in messages: parts that match the query, and those that are searched for in the rows. */
export interface Highlights {
  query?: RegExp | undefined;
  find?: RegExp | undefined;
}

export const HighlightContext = createContext<Highlights>({});
