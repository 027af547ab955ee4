import { readFileSync } from 'node:fs';

export interface RecordedRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A `fetch` that answers from `test/fixtures/llm` and keeps what it was asked. */
export function recordedFetch(...answers: readonly (() => Response)[]): {
  readonly fetch: typeof globalThis.fetch;
  readonly requests: readonly RecordedRequest[];
} {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    fetch: (input, init) => {
      const url = input instanceof Request ? input.url : input.toString();
      requests.push({
        url,
        headers: new Headers(init?.headers),
        body: typeof init?.body === 'string' ? init.body : '',
      });
      const answer = answers[Math.min(requests.length, answers.length) - 1];
      return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('fetch failed'));
    },
  };
}

export function recording(file: string): () => Response {
  const type = file.endsWith('.sse') ? 'text/event-stream' : 'application/json';
  const text = readFileSync(new URL(`../fixtures/llm/${file}`, import.meta.url), 'utf8');
  return () => new Response(text, { headers: { 'content-type': type } });
}

export function failing(status: number, body: unknown = {}): () => Response {
  return () => Response.json(body, { status, headers: { 'retry-after-ms': '1' } });
}
