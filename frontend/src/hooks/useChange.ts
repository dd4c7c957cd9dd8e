import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query";

/** A call that changes what the server keeps. Once it is answered, the lists under these keys are loaded again. */
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
