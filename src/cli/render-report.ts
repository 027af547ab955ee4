import type { ConversationReport } from '../engine/report-of.ts';
import type { TurnTrace } from '../engine/turn-trace.ts';
import type { ConversationSummary, LoggedEvent } from '../store/conversation-log.ts';
import { renderReadings } from './render-understanding.ts';
import type { Colours } from './terminal.ts';

export function renderSummaries(summaries: readonly ConversationSummary[], colours: Colours): string {
  if (summaries.length === 0) return 'There is no conversation.';
  return summaries
    .map(
      ({ id, version, updatedAt, handover }) =>
        `${id}  ${colours.dim(`${time(updatedAt)}  ${version} turns`)}${handover === null ? '' : colours.yellow(`  with a person (${handover})`)}`,
    )
    .join('\n');
}

/** A conversation from its first turn to its state now: what was said, understood, done. */
export function renderReport(
  { id, version, handover, state, events, traces }: ConversationReport,
  colours: Colours,
): string {
  const turns = [...new Set(events.map(({ turn }) => turn))];
  const slots = Object.entries(state?.slots ?? {}).filter(([, value]) => value !== null);
  const stack = state?.stack.map(({ flow }) => flow).join(' › ') ?? '';
  return [
    `${colours.bold(id)}  ${version} turns, ${state?.locale ?? '?'}, answered by ${state?.owner ?? 'the bot'}${handover === null ? '' : ` (${handover})`}`,
    `${colours.bold('flows')}  ${stack === '' ? 'none open' : stack}`,
    ...slots.map(([name, value]) => `${colours.bold('slot')}   ${name} = ${JSON.stringify(value)}`),
    ...turns.flatMap((turn) =>
      renderTurn(
        turn,
        events.filter((event) => event.turn === turn),
        traces.find((trace) => trace.turn === turn),
        colours,
      ),
    ),
  ].join('\n');
}

function renderTurn(
  turn: number,
  events: readonly LoggedEvent[],
  trace: TurnTrace | undefined,
  colours: Colours,
): readonly string[] {
  const best = trace?.understanding?.segments.map(({ intents: [first], outOfScope }) =>
    first
      ? `${first.intent} ${Math.round(first.probability * 100)} %, out of scope ${Math.round(outOfScope * 100)} %`
      : 'no intent',
  );
  const spent = Object.values(trace?.timingsMs ?? {}).reduce((sum, ms) => sum + ms, 0);
  return [
    '',
    `${colours.bold(`turn ${turn}`)}  ${colours.dim(`${time(events[0]?.at ?? 0)}  ${spent.toFixed(1)} ms`)}`,
    ...(best ? [`  understood  ${best.join(' · ')}`] : []),
    ...(trace && trace.readings.length > 0 ? [indent(renderReadings(trace.readings, colours))] : []),
    ...events.map((event) => `  ${renderEvent(event, colours)}`),
    ...(trace?.notes ?? []).map((note) => `  ${colours.yellow('note')}  ${note}`),
  ];
}

function renderEvent({ kind, data }: LoggedEvent, colours: Colours): string {
  const fields = data as Readonly<Record<string, unknown>>;
  if (kind === 'user_message')
    return `${colours.cyan('user')}  ${typeof fields['text'] === 'string' ? fields['text'] : JSON.stringify(fields['content'])}`;
  if (kind === 'bot_message') {
    const { text, source = '' } = fields['message'] as { text: string; source?: string };
    return `${colours.green('bot ')}  ${text} ${colours.dim(source)}`;
  }
  const details = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return colours.dim(`${kind}  ${details.join(' ')}`);
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}
