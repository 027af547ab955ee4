import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadEncoder } from '../../../src/nlu/encoder/load-encoder.ts';

interface EmbeddingRequest {
  readonly model: string;
  readonly input: readonly string[];
}

const requests: EmbeddingRequest[] = [];
let server: Server;
let url = '';

/** Answers as the API does, out of order: [length, 1] of each text. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as EmbeddingRequest;
      requests.push(body);
      const data = body.input.map((text, index) => ({
        object: 'embedding',
        index,
        embedding: [text.length, 1],
      }));
      response.writeHead(body.model === 'unknown' ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', model: body.model, data: data.reverse() }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/v1`;
});
afterAll(() => server.close());

describe('an encoder behind /v1/embeddings', () => {
  test('gives unit vectors in the order of the texts, 64 a request', async () => {
    await using encoder = await loadEncoder({ url, model: 'small' });
    requests.length = 0;
    const texts = Array.from({ length: 70 }, (_, index) => 'x'.repeat(index));
    const encodings = (await encoder?.encode(texts)) ?? [];

    expect(encoder?.dimensions).toBe(2);
    expect(requests.map(({ input }) => input.length)).toEqual([64, 6]);
    expect(encodings[3]?.sentence[0]).toBeCloseTo(3 / Math.sqrt(10));
    expect(Math.hypot(...(encodings[69]?.sentence ?? []))).toBeCloseTo(1);
  });

  test('that refuses is unavailable, with the fix', async () => {
    await expect(loadEncoder({ url, model: 'unknown' })).rejects.toMatchObject({
      code: 'ENCODER_UNAVAILABLE',
      fix: expect.stringContaining('usher.yml') as string,
    });
  });

  test('rejects with the reason of an abort', async () => {
    await using encoder = await loadEncoder({ url, model: 'small' });
    const reason = new Error('enough');

    await expect(encoder?.encode(['text'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

test('none is no encoder, and a folder without one is refused', async () => {
  expect(await loadEncoder('none')).toBeUndefined();
  await expect(loadEncoder(import.meta.dirname)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
