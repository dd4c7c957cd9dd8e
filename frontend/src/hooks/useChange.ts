import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";

/** A mutation on the server. When it has finished, the lists under these query keys are reloaded. */
export function useChange<Input = void, Output = unknown>(
  call: (input: Input) => Promise<Output>,
  lists: readonly string[],
  options: { gcTime?: number } = {},
): UseMutationResult<Output, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSettled: () => Promise.all(lists.map((list) => client.invalidateQueries({ queryKey: [list] }))),
    ...options,
  });
}
