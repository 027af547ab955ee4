import { HttpConnection } from './http-connection.ts';

export interface FloodOptions {
  readonly port: number;
  readonly conversations: number;
  readonly connections: number;
  readonly seconds: number;
  /** Messages a second, sent whether or not earlier ones are answered; as many as are answered when absent. */
  readonly perSecond?: number | undefined;
  /** The `count`-th message of a conversation, from 0. */
  readonly text: (count: number) => string;
  /** What it must be answered with, where that is known beforehand. */
  readonly reply?: ((text: string) => string) | undefined;
}

export interface FloodReport {
  readonly turns: number;
  readonly seconds: number;
  /** Milliseconds from when a message was due to its answer, which is when its turn is durable. */
  readonly times: readonly number[];
  readonly faults: readonly string[];
}

interface Conversation {
  readonly id: string;
  readonly token: string;
  sent: number;
  turn: number;
  cursor: number;
}

/**
 * Talks in many conversations at once, each message after the answer to the one before it, and looks whether each is
 * answered once, with its own answer, in its own turn.
 */
export async function flood(options: FloodOptions): Promise<FloodReport> {
  const connections = Array.from({ length: options.connections }, () => new HttpConnection(options.port));
  try {
    const conversations = await openAll(connections, options.conversations);
    return await talk(connections, conversations, options);
  } finally {
    for (const connection of connections) connection[Symbol.dispose]();
  }
}

async function openAll(connections: readonly HttpConnection[], count: number): Promise<Conversation[]> {
  const opened: Conversation[] = [];
  let left = count;
  await Promise.all(
    connections.map(async (connection) => {
      while ((left -= 1) >= 0) {
        const { status, text } = await post(connection, '/v1/conversations', {});
        if (status !== 201) throw new Error(`A conversation was not opened: ${status} ${text}`);
        const { id, token, cursor } = JSON.parse(text) as { id: string; token: string; cursor: string };
        opened.push({ id, token, sent: 0, turn: 1, cursor: Number(cursor) });
      }
    }),
  );
  return opened;
}

async function talk(
  connections: readonly HttpConnection[],
  conversations: readonly Conversation[],
  options: FloodOptions,
): Promise<FloodReport> {
  const times: number[] = [];
  const faults: string[] = [];
  const idle = [...conversations];
  const startedAt = performance.now();
  const endsAt = startedAt + options.seconds * 1000;
  const intervalMs = options.perSecond === undefined ? undefined : 1000 / options.perSecond;
  let due = startedAt;

  const work = async (connection: HttpConnection): Promise<void> => {
    for (let now = performance.now(); now < endsAt; now = performance.now()) {
      let from = now;
      if (intervalMs !== undefined) {
        from = due;
        due += intervalMs;
        if (from >= endsAt) return;
        if (from > now) await new Promise((resolve) => setTimeout(resolve, from - now));
      }
      const conversation = idle.shift();
      // As many connections as conversations: the others are enough.
      if (!conversation) return;
      faults.push(...(await sayNext(connection, conversation, options)));
      times.push(performance.now() - from);
      idle.push(conversation);
    }
  };
  await Promise.all(connections.map(work));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const [place, conversation] of conversations.entries()) {
    const connection = connections[place % connections.length];
    if (connection) faults.push(...(await historyFaults(connection, conversation, options)));
  }
  return { turns: times.length, seconds, times, faults };
}

async function sayNext(
  connection: HttpConnection,
  conversation: Conversation,
  { text: textAt, reply }: FloodOptions,
): Promise<readonly string[]> {
  const { id, token } = conversation;
  const text = textAt(conversation.sent);
  conversation.sent += 1;
  const body = { text, message_id: `m-${conversation.sent}` };
  const answer = await post(connection, `/v1/conversations/${id}/messages`, body, token);
  if (answer.status !== 200) return [`${id} ${body.message_id}: ${answer.status} ${answer.text}`];
  const { messages, cursor } = JSON.parse(answer.text) as {
    readonly messages: readonly { readonly id: string; readonly text: string }[];
    readonly cursor: string;
  };
  conversation.turn += 1;
  const faults: string[] = [];
  const [first] = messages;
  if (!first) faults.push(`${id} ${body.message_id}: no answer`);
  else if (!first.id.startsWith(`t${conversation.turn}.`))
    faults.push(`${id} ${body.message_id}: ${first.id} is not of turn ${conversation.turn}`);
  if (reply && first?.text !== reply(text)) faults.push(`${id} ${body.message_id}: “${first?.text ?? ''}”`);
  if (Number(cursor) <= conversation.cursor) faults.push(`${id} ${body.message_id}: the cursor went back`);
  conversation.cursor = Number(cursor);
  return faults;
}

/** Whether the history holds what was said, in its order, each once and followed by an answer. */
async function historyFaults(
  connection: HttpConnection,
  { id, token, sent }: Conversation,
  { text: textAt }: FloodOptions,
): Promise<readonly string[]> {
  const { status, text } = await connection.ask({
    method: 'GET',
    path: `/v1/conversations/${id}`,
    headers: { authorization: `Bearer ${token}` },
  });
  if (status !== 200) return [`${id}: its history is ${status}`];
  const { messages } = JSON.parse(text) as {
    readonly messages: readonly { readonly role: string; readonly text: string }[];
  };
  const said = messages.flatMap(({ role, text: one }) => (role === 'user' ? [one] : []));
  // Of a long conversation the history has the end.
  const expected = Array.from({ length: sent }, (_, count) => textAt(count)).slice(-said.length || sent);
  if (said.join('\n') !== expected.join('\n')) return [`${id}: ${sent} messages sent, not in this order`];
  const unanswered = messages.findIndex(
    ({ role }, place) => role === 'user' && messages[place + 1]?.role !== 'bot',
  );
  return unanswered < 0 ? [] : [`${id}: message ${unanswered} has no answer`];
}

function post(connection: HttpConnection, path: string, body: object, token?: string) {
  return connection.ask({
    method: 'POST',
    path,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}
