import type { Locale, LocalizedText } from '../../message.ts';
import { compileFlow } from '../compile-flow.ts';
import type { Frame } from '../dialogue-state.ts';
import type { OpeningHours } from '../opening-hours.ts';
import type { FlowDefinition, Program, SlotDefinition, Step } from '../program.ts';
import { describeFlow, type FlowFacts, openInputs } from './flow-facts.ts';
import { createFlowMachine, type FlowMachine } from './flow-machine.ts';
import type { TransitionObserver } from './observe-transitions.ts';

/** One version of a bot's dialogue, compiled: what every turn of every conversation shares. */
export interface Bot {
  readonly program: Program;
  /** Whether it is kept only for conversations begun on it: its responses are then said from its own copy. */
  readonly isOlder: boolean;
  readonly timeZone: string;
  machine(flow: string): FlowMachine | undefined;
  facts(flow: string): FlowFacts;
  /** The flow that an intent begins, if people may begin it. */
  flowFor(intent: string): Trigger | undefined;
  /** Slots that some question asks for. */
  readonly asked: ReadonlySet<string>;
  /** These, and those that the message which begins a flow may bring. */
  readonly collected: ReadonlySet<string>;
  /** Slots that hold for one turn only. */
  readonly turnSlots: readonly string[];
  readonly silence: SilenceLimits | undefined;
  /** When people are there to hand over to; absent = always. */
  readonly handoverHours: OpeningHours | undefined;
  /** The bot that a frame was begun on: this one, or the older one it must be finished on. */
  forFrame(frame: Frame): Bot;
}

export interface Trigger {
  readonly flow: string;
  /** Lowest probability at which it fires. */
  readonly confidence?: number | undefined;
}

/** After how long without a word the person is nudged, and after how much longer the task is given up. */
export interface SilenceLimits {
  readonly nudgeMs?: number | undefined;
  readonly expireMs?: number | undefined;
}

export interface BotOptions {
  readonly timeZone?: string | undefined;
  readonly silence?: SilenceLimits | undefined;
  readonly handoverHours?: OpeningHours | undefined;
  /** The stored copy of an older program, for conversations begun on it. */
  readonly programFor?: ((version: string) => Program | undefined) | undefined;
  /** Told of every transition that a flow takes, for coverage. */
  readonly observe?: TransitionObserver | undefined;
}

export function compileBot(program: Program, options: BotOptions, isOlder = false): Bot {
  const flows = new Map(Object.values(program.flows).map((flow) => [flow.id, compileFlow(flow, program)]));
  const triggers = indexTriggers(program);
  const older = new Map<string, Bot | undefined>();
  const steps = [...flows.values()].flatMap((flow) => [...flow.steps.values()]);
  const asked = new Set(steps.flatMap(askedSlots));
  const bot: Bot = {
    program,
    isOlder,
    timeZone: options.timeZone ?? 'UTC',
    silence: options.silence,
    handoverHours: options.handoverHours,
    machine: remember((id) =>
      ifDefined(flows.get(id), (flow) => createFlowMachine(flow, bot, options.observe)),
    ),
    facts: remember(
      (id) => ifDefined(flows.get(id), (flow) => describeFlow(flow, flows, program)) ?? noFacts,
    ),
    flowFor: (intent) => triggers.get(intent),
    asked,
    collected: new Set([...asked, ...Object.values(program.flows).flatMap(openInputs)]),
    turnSlots: Object.values(program.slots).flatMap(({ name, scope }) => (scope === 'turn' ? [name] : [])),
    forFrame: (frame) => {
      if (frame.program === program.version || !options.programFor) return bot;
      if (!older.has(frame.program)) {
        older.set(
          frame.program,
          ifDefined(options.programFor(frame.program), (old) =>
            compileBot(old, { timeZone: options.timeZone }, true),
          ),
        );
      }
      return older.get(frame.program) ?? bot;
    },
  };
  return bot;
}

/** Flows by the intents that begin them; one without a trigger is begun by an intent of its own name. */
function indexTriggers({ flows }: Program): ReadonlyMap<string, Trigger> {
  const open = Object.values(flows).filter(
    ({ guard, pattern }) => !pattern && (guard?.kind !== 'literal' || Boolean(guard.value)),
  );
  const named = open.map(({ id }): [string, Trigger] => [id, { flow: id }]);
  const declared = open.flatMap(({ id, triggers }) =>
    triggers.map(({ intent, confidence }): [string, Trigger] => [intent, { flow: id, confidence }]),
  );
  return new Map([...named, ...declared]);
}

/** The step that a question came from, in the bot that its flow runs on. */
export function askingStep(
  bot: Bot,
  stack: readonly Frame[],
  { flow, step }: { readonly flow: string; readonly step: string },
): Step | undefined {
  const frame = stack.findLast((each) => each.flow === flow);
  return (frame ? bot.forFrame(frame) : bot).machine(flow)?.flow.steps.get(step);
}

/** A slot as the flow on top knows it: an older flow may have slots that the bot has no more. */
export function slotDefinition(bot: Bot, top: Frame | undefined, slot: string): SlotDefinition | undefined {
  return (top && bot.forFrame(top).program.slots[slot]) ?? bot.program.slots[slot];
}

function askedSlots(step: Step): readonly string[] {
  return step.kind === 'collect' ? step.slots : [];
}

const noFacts: FlowFacts = {
  collects: new Set(),
  listOf: new Map(),
  clears: new Set(),
  reads: new Map(),
  writes: new Map(),
  branchesOn: new Map(),
};

/** A flow's name as the person reads it: its id in words where the author gave none. */
export function flowName(flow: FlowDefinition, locale: Locale): string {
  return localized(flow.name, locale) ?? flow.id.replaceAll('_', ' ');
}

/** A slot's name as the person reads it. */
export function slotLabel({ program }: Bot, slot: string, locale: Locale): string {
  return localized(program.slots[slot]?.label, locale) ?? slot.replaceAll('_', ' ');
}

/** A text in a locale, in the one that serves every locale, in the language without its region, or in any. */
export function localized(text: LocalizedText | undefined, locale: Locale): string | undefined {
  if (!text) return undefined;
  return text[locale] ?? text[locale.split('-')[0] ?? locale] ?? text['*'] ?? Object.values(text)[0];
}

function ifDefined<In, Out>(value: In | undefined, use: (value: In) => Out): Out | undefined {
  return value === undefined ? undefined : use(value);
}

/** Machines are made when first run: a bot of 200 flows starts at once, and keeps what it made. */
function remember<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const found = made.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
