import { useQuery } from "@tanstack/react-query";
import { getDashboards } from "../../api/dashboards";
import { inLanguage } from "../../models/builtInBoards";

/** All dashboards, the built-in ones last and in the language of the console. */
export function useBoards() {
  return useQuery({
    queryKey: ["dashboards"],
    queryFn: ({ signal }) => getDashboards(signal),
    select: (boards) => boards.map(inLanguage),
  });
}
