import { useQuery } from "@tanstack/react-query";
import { getSilences } from "../../api/control";

export function useSilences() {
  return useQuery({
    queryKey: ["alerts", "silences"],
    queryFn: ({ signal }) => getSilences(signal),
    staleTime: 15_000,
  });
}
