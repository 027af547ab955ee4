import { createHandler, type Handler } from '../../src/server/handler.ts';
import type { ServerOptions } from '../../src/server/server-options.ts';
import { webChannel } from '../../src/server/web-channel.ts';
import { silentLogger } from '../../src/logger.ts';
import type { EnginePorts } from '../../src/engine/engine-ports.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { openSmallBot, type SmallBot } from '../engine/small-bot.ts';

export interface ServedSmallBot extends AsyncDisposable {
  readonly bot: SmallBot;
  readonly handler: Handler;
  /** Asks the handler; a body is sent as JSON. */
  ask(method: string, path: string, options?: AskOptions): Promise<Answer>;
  /** Opens a conversation. */
  open(body?: object): Promise<{ readonly id: string; readonly token: string }>;
}

export interface AskOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

export const operatorToken = 'an-operator-of-ours';
export const userTokenSecret = 'signs-who-a-person-is';

export async function serveSmallBot(
  options: Partial<ServerOptions> & {
    readonly ports?: Partial<EnginePorts>;
    readonly channels?: readonly Channel[];
  } = {},
): Promise<ServedSmallBot> {
  const { ports, channels = [], ...serverOptions } = options;
  const bot = await openSmallBot({ ports: { channels: [webChannel, ...channels], ...ports } });
  let last = 0;
  const handler = createHandler(
    {
      name: 'Small <bot>',
      locales: ['en', 'zh', 'ar'],
      engine: bot.engine,
      log: bot.store,
      channels,
      version: '0.0.0',
    },
    {
      secret: 'a secret that only the server knows',
      userTokenSecret,
      operatorToken,
      allowedHosts: [],
      allowedOrigins: ['https://shop.example'],
      inspect: 'token',
      now: () => bot.clock.ms,
      monotonicMs: () => bot.clock.ms,
      newId: () => `conversation-${String((last += 1)).padStart(4, '0')}`,
      logger: silentLogger,
      widgetFolder: '/nowhere',
      ...serverOptions,
    },
  );
  const ask = async (
    method: string,
    path: string,
    { token, body, headers, address }: AskOptions = {},
  ): Promise<Answer> => {
    const response = await handler.fetch(
      new Request(`http://localhost:3000${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
      { address: address ?? '192.0.2.1' },
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, json };
  };
  return {
    bot,
    handler,
    ask,
    open: async (body = {}) => {
      const { json } = await ask('POST', '/v1/conversations', { body });
      return { id: String(json['id']), token: String(json['token']) };
    },
    async [Symbol.asyncDispose]() {
      await handler[Symbol.asyncDispose]();
      await bot[Symbol.asyncDispose]();
    },
  };
}
