import { useQuery } from "@tanstack/react-query";
import { language } from "../api/query";
import type { LanguageReference } from "../api/types";

const NOTHING: LanguageReference = { pipes: [], functions: [], filters: [] };

/** The reference of the query language, fetched once; empty until it arrives and if fetching fails. */
export function useLanguage(): LanguageReference {
  const { data } = useQuery({
    queryKey: ["language"],
    queryFn: ({ signal }) => language(signal),
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return data ?? NOTHING;
}
