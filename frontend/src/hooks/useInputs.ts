import { useQuery } from "@tanstack/react-query";
import { getInputs } from "../api/control";

/** Inputs and open connections, refreshed every two seconds while shown. */
export function useInputs() {
  return useQuery({ queryKey: ["inputs"], queryFn: ({ signal }) => getInputs(signal), refetchInterval: 2_000 });
}
