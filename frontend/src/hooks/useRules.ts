import { useQuery } from "@tanstack/react-query";
import { getRules } from "../api/control";

export function useRules() {
  return useQuery({ queryKey: ["rules"], queryFn: ({ signal }) => getRules(signal), staleTime: 15_000 });
}
