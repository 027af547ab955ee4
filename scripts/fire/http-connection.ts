import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/**
 * One kept-alive connection that asks one thing after the other: little more than a socket, so that a load generator on
 * the same machine takes as little of it as it can.
 */
export class HttpConnection implements Disposable {
  readonly #port: number;
  #socket: Socket | undefined;
  #received = Buffer.alloc(0);
  #asked = '';
  #waiting: { resolve: (answer: RawAnswer) => void; reject: (error: Error) => void } | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  ask({ method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
    const lines = [`${method} ${path} HTTP/1.1`, 'host: localhost'];
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    if (body !== undefined) lines.push(`content-length: ${Buffer.byteLength(body)}`);
    this.#asked = `${method} ${path} ${(body ?? '').slice(0, 200)}`;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#open().write(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
    });
  }

  [Symbol.dispose](): void {
    this.#waiting = undefined;
    this.#socket?.destroy();
  }

  /** The open socket; a new one when the server closed the last, as it may after an answer. */
  #open(): Socket {
    if (this.#socket) return this.#socket;
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    this.#received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
      this.#settle();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#waiting?.reject(new Error(`The connection was closed at ${this.#asked}.`));
    });
    return socket;
  }

  #settle(): void {
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0 || !this.#waiting) return;
    const [statusLine = '', ...lines] = this.#received.toString('latin1', 0, headEnd).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const status = Number(statusLine.split(' ')[1]);
    const body = bodyAt(this.#received, headEnd + 4, headers, status);
    if (!body) return;
    this.#received = this.#received.subarray(body.end);
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    if (headers['connection'] === 'close') {
      this.#socket?.destroy();
      this.#socket = undefined;
    }
    resolve({ status, headers, text: body.text });
  }
}

/** @returns `undefined` while some of it is still to come. */
function bodyAt(
  received: Buffer,
  start: number,
  headers: Readonly<Record<string, string>>,
  status: number,
): { readonly text: string; readonly end: number } | undefined {
  if (headers['transfer-encoding'] === 'chunked') return chunkedBody(received, start);
  const end = start + (status === 204 ? 0 : Number(headers['content-length'] ?? 0));
  return received.length < end ? undefined : { text: received.toString('utf8', start, end), end };
}

function chunkedBody(
  received: Buffer,
  start: number,
): { readonly text: string; readonly end: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const lineEnd = received.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (received.length < end) return undefined;
    if (size === 0) return { text: Buffer.concat(parts).toString('utf8'), end };
    parts.push(received.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}
