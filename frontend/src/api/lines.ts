/** Splits a stream of text chunks into lines ended by LF, CRLF or CR, wherever the chunks are cut. */
export class LineSplitter {
  private rest = "";
  private endedWithCr = false;

  push(text: string): string[] {
    let input = text;
    if (this.endedWithCr && input.startsWith("\n")) input = input.slice(1);
    if (text !== "") this.endedWithCr = text.endsWith("\r");
    const pieces = (this.rest + input).split(/\r\n|\n|\r/);
    this.rest = pieces.pop() ?? "";
    return pieces;
  }

  /** The text after the last line end, if any. */
  end(): string {
    const rest = this.rest;
    this.rest = "";
    return rest;
  }
}

/** Reads a body as UTF-8 text, chunk by chunk as it arrives. Leaving the loop cancels the body. */
export async function* readText(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const text = decoder.decode(value, { stream: true });
      if (text !== "") yield text;
    }
    const tail = decoder.decode();
    if (tail !== "") yield tail;
  } finally {
    // Cancelling a body that has ended or failed rejects; either way nothing is left to read.
    reader.cancel().catch(() => undefined);
  }
}

/** Reads newline-delimited JSON and yields all objects of a chunk at once. */
export async function* readNdjson<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T[]> {
  const splitter = new LineSplitter();
  for await (const text of readText(body)) {
    const batch = splitter
      .push(text)
      .filter(isNotBlank)
      .map(parse<T>);
    if (batch.length > 0) yield batch;
  }
  const last = splitter.end();
  if (isNotBlank(last)) yield [parse<T>(last)];
}

function isNotBlank(line: string): boolean {
  return line.trim() !== "";
}

function parse<T>(line: string): T {
  return JSON.parse(line) as T;
}
