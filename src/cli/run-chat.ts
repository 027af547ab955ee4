import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { BotFiles } from '../bot/bot-files.ts';
import { loadBot } from '../bot/load-bot.ts';
import { createTerminalChannel } from '../channels/terminal-channel.ts';
import { openBot, type RunningBot } from '../compose.ts';
import { EngineError } from '../errors.ts';
import { silentLogger } from '../logger.ts';
import type { InboundMessage } from '../message.ts';
import type { Listening } from '../server/listen.ts';
import type { CommandContext, Invocation } from './command.ts';
import { ensureModel } from './ensure-model.ts';
import { loadServer } from './load-server.ts';
import { renderError } from './render-error.ts';
import { renderReadings, renderUnderstanding } from './render-understanding.ts';
import { watchBot } from './watch-bot.ts';

type TerminalChannel = ReturnType<typeof createTerminalChannel>;

/** What a chat holds while it runs; `running` changes when files do. */
interface Chat {
  running: RunningBot;
  server: Listening | undefined;
  readonly channel: TerminalChannel;
  readonly conversation: string;
  readonly locale: string | undefined;
  lastTrace: Awaited<ReturnType<RunningBot['engine']['receive']>>['trace'] | undefined;
}

/** A chat on the terminal until its input ends: typed by a person, or one message a line from a pipe. */
export async function runChat(
  { options }: Invocation,
  files: BotFiles,
  context: CommandContext,
): Promise<void> {
  const { terminal, clock, signal } = context;
  const name =
    typeof options['conversation'] === 'string' ? options['conversation'] : randomUUID().slice(0, 8);
  const conversation = name.startsWith('terminal:') ? name : `terminal:${name}`;
  const channel = createTerminalChannel({
    write: (text) => terminal.write(text),
    conversation,
    newId: randomUUID,
    now: clock,
  });
  const serves = options['serve'] === true;
  const open = (from: BotFiles): Promise<RunningBot> => openRunning(from, channel, serves, context);
  const locale = typeof options['locale'] === 'string' ? options['locale'] : undefined;
  const chat: Chat = {
    running: await open(files),
    channel,
    conversation,
    locale,
    lastTrace: undefined,
    server: undefined,
  };
  await using _watcher =
    options['watch'] === true
      ? watchBot(files, context, (changed) => reload(chat, changed, open, serves, context))
      : undefined;
  const ticking = setInterval(() => void chat.running.engine.runDue(), 1000);
  try {
    if (serves) chat.server = await serve(chat.running, context);
    if (terminal.interactive) await greet(chat, context);
    let isFirst = true;
    for await (const line of terminal.lines({ prompt: terminal.colours.bold('> ') })) {
      signal.throwIfAborted();
      if (terminal.interactive && (await obey(line, chat, context)) === 'quit') break;
      if (line.trim() === '' || (terminal.interactive && line.startsWith('/'))) continue;
      if (!isFirst && !terminal.interactive) terminal.out('');
      isFirst = false;
      await send(chat, line, context);
    }
    if (chat.server && !signal.aborted) {
      if (terminal.interactive) terminal.err(`The page stays on ${chat.server.url}; Ctrl-C ends it too.`);
      await once(signal, 'abort');
    }
  } finally {
    clearInterval(ticking);
    await close(chat);
  }
}

async function openRunning(
  files: BotFiles,
  channel: TerminalChannel,
  serves: boolean,
  context: CommandContext,
): Promise<RunningBot> {
  const bot = await loadBot(files, context.env);
  await ensureModel(bot, context);
  const served = serves ? (await loadServer()).serverChannels(bot, context.clock) : [];
  return openBot(bot, {
    environment: context.env,
    channels: [channel, ...served],
    now: context.clock,
  });
}

/** Serves beside the chat. Where the port is taken, a person is told and chats on; a script gets the error. */
async function serve(
  running: RunningBot,
  { terminal, clock, version }: CommandContext,
): Promise<Listening | undefined> {
  try {
    const { serveBot, serverChannels } = await loadServer();
    const channels = serverChannels(running.bot, clock);
    const listening = await serveBot(running, channels, {
      version,
      logger: silentLogger,
      now: clock,
      inspect: 'open',
    });
    terminal.err(`Also on ${listening.url} (the page), ${listening.url}/inspect, ${listening.url}/docs`);
    return listening;
  } catch (error) {
    const isTold = terminal.interactive && error instanceof EngineError && error.code === 'PORT_TAKEN';
    if (!isTold) throw error;
    terminal.err(renderError(error, terminal.colours));
    return undefined;
  }
}

async function greet(
  { running, conversation, locale, channel }: Chat,
  { terminal, clock }: CommandContext,
): Promise<void> {
  const { dim } = terminal.colours;
  terminal.out(dim(`${running.bot.config.name} · ${conversation} · /help for what else can be typed`));
  const opened = {
    channel: channel.name,
    conversation,
    id: randomUUID(),
    at: clock(),
    content: { kind: 'opened' },
    locale,
  } as const;
  await running.engine.receive(opened);
}

async function send(chat: Chat, line: string, context: CommandContext): Promise<void> {
  const { terminal } = context;
  for (const parsed of chat.channel.parse(line)) {
    const message: InboundMessage = chat.locale === undefined ? parsed : { ...parsed, locale: chat.locale };
    try {
      chat.lastTrace = (await chat.running.engine.receive(message)).trace;
    } catch (error) {
      // On a pipe the script must see it; a person reads it and goes on.
      if (!terminal.interactive || !(error instanceof EngineError)) throw error;
      terminal.err(renderError(error, terminal.colours));
    }
  }
}

/** What a person can type besides messages. */
async function obey(line: string, chat: Chat, { terminal }: CommandContext): Promise<'quit' | undefined> {
  const { colours } = terminal;
  switch (line.trim()) {
    case '/quit':
    case '/exit':
      return 'quit';
    case '/help':
      terminal.out(
        '/why    what the last message was understood as\n/slots  what the bot knows now\n/quit   end the chat (Ctrl-D)',
      );
      return undefined;
    case '/why':
      if (chat.lastTrace?.understanding)
        terminal.out(renderUnderstanding(chat.lastTrace.understanding, colours));
      if (chat.lastTrace) terminal.out(renderReadings(chat.lastTrace.readings, colours));
      return undefined;
    case '/slots': {
      const { state } = await chat.running.engine.inspect(chat.conversation);
      const known = Object.entries(state?.slots ?? {}).filter(([, value]) => value !== null);
      terminal.out(
        known.map(([name, value]) => `${name} = ${JSON.stringify(value)}`).join('\n') || 'nothing',
      );
      return undefined;
    }
    default:
      if (line.startsWith('/')) terminal.out('Unknown. /help lists what can be typed.');
      return undefined;
  }
}

async function close({ server, running }: Chat): Promise<void> {
  await server?.[Symbol.asyncDispose]();
  await running[Symbol.asyncDispose]();
}

/** Puts the changed bot in the place of the running one; a bot that does not load leaves the old one running. */
async function reload(
  chat: Chat,
  files: BotFiles,
  open: (files: BotFiles) => Promise<RunningBot>,
  serves: boolean,
  context: CommandContext,
): Promise<void> {
  const { terminal } = context;
  try {
    const next = await open(files);
    await close(chat);
    chat.running = next;
    chat.server = undefined;
    chat.server = serves ? await serve(next, context) : undefined;
    terminal.err(terminal.colours.dim('Reloaded.'));
  } catch (error) {
    const lines = new Map(
      [...files.flows, ...files.training].map(({ file, text }) => [file, text.split('\n')]),
    );
    terminal.err(renderError(error, terminal.colours, (file) => lines.get(file)));
    terminal.err(terminal.colours.dim('The bot goes on as it was.'));
  }
}
