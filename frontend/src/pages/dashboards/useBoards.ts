import { useQuery } from "@tanstack/react-query";
import { getDashboards } from "../../api/dashboards";

/** All dashboards, the built-in ones last. */
export function useBoards() {
  return useQuery({ queryKey: ["dashboards"], queryFn: ({ signal }) => getDashboards(signal) });
}
