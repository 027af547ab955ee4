import type { Command } from '../command.ts';
import { chooseOffered, emptyPart, floor, priors as priorsOf } from './priors.ts';
import { guarded, logOf, type Part, type PartReading } from './part.ts';
import { resolveChoice } from './resolve-choice.ts';
import type { Situation } from './situation.ts';
import { lastTold } from '../told-choice.ts';
import { isOnlyReason } from './find-wishes.ts';
import { offered } from './values.ts';

/** Readings that neither give a value nor begin a task: what people say to every bot, questions, and nothing at all. */
export function talkReadings(part: Part, spentTerm: number): readonly PartReading[] {
  const { situation, segment, mass } = part;
  const { priors, question } = situation;
  const simple = (command: Command, prior: number, intent: string): PartReading => ({
    commands: [command],
    terms: {
      prior: logOf(prior),
      intent: logOf(mass.of(intent)),
      ...(spentTerm < 0 ? { spent: spentTerm } : {}),
    },
    used: [],
  });
  const cancelled = situation.task.length > 0 ? priors.cancel : priors.cancel / 2;
  return [
    unsure(withReason(givingUp(part, simple({ kind: 'cancel' }, cancelled, 'cancel')), part), part),
    ...resumed(part),
    ...controls.map(([intent, command]) => simple(command, controlPrior(part, command), intent)),
    ...chitchat.map((intent) => simple({ kind: 'chitchat', intent }, priors.chitchat, intent)),
    ...yesAndNo(part).map(([intent, command]) =>
      guarded(doubted(simple(command, yesNoPrior(part), intent), part), part),
    ),
    ...chosen(part),
    ...undecided(part),
    {
      commands: [
        {
          kind: 'cannot_handle',
          reason: question?.kind === 'collect' ? 'invalid_input' : 'out_of_scope',
          ...nearFlows(part),
        },
      ],
      terms: {
        prior: logOf(priors.cannotHandle),
        intent: logOf(spentTerm < 0 ? 1 - Math.exp(spentTerm) : Math.max(mass.none, 0.05)),
      },
      used: segment.entities,
    },
  ];
}

/** Giving up loses what was told: one that the recogniser does not accept counts its intent three times. */
function unsure(reading: PartReading, { segment }: Part): PartReading {
  const { intent = 0 } = reading.terms;
  return segment.accepted ? reading : { ...reading, terms: { ...reading.terms, trust: intent * 2 } };
}

/** "Leave it for today" gives no day. */
function givingUp({ segment }: Part, reading: PartReading): PartReading {
  return {
    ...reading,
    used: segment.entities.filter(({ text }) => /^(?:today|tonight|now|今天|今晚|现在)$/iu.test(text)),
  };
}

/** A reason against what is on offer ("out of my budget") opens the choice again; the task is given up in other words. */
function withReason(reading: PartReading, { situation, segment }: Part): PartReading {
  const { listOf, slots } = situation;
  const isOnOffer = [...listOf.values()].some((list) => (slots[list] ?? null) !== null);
  if (!isOnOffer || !isOnlyReason(segment.text)) return reading;
  return { ...reading, terms: { ...reading.terms, reason: logOf(reasonGivesUp) } };
}

const reasonGivesUp = 0.15;

/** Who names two values is asked which; neither is taken. */
function undecided({ situation, torn }: Part): readonly PartReading[] {
  if (torn !== true) return [];
  const terms = { prior: logOf(situation.priors.answer) };
  return [{ commands: [{ kind: 'cannot_handle', reason: 'which' }], terms, used: [] }];
}

/** A question that may not be left out is seldom left out. */
function controlPrior({ situation: { priors, asks } }: Part, { kind }: Command): number {
  return kind === 'skip' && asks && !asks.optional ? priors.control * skipRequired : priors.control;
}

const skipRequired = 0.5;

/** "Back to the car": the task that waits and chooses such a thing from a list. */
function resumed({ situation, segment, mass }: Part): readonly PartReading[] {
  const { bot, priors, state, task } = situation;
  const waiting = state.stack.map(({ flow }) => flow).filter((flow) => !task.includes(flow));
  return waiting.flatMap((flow): readonly PartReading[] => {
    const { listOf } = bot.facts(flow);
    const named = segment.entities.find(({ value }) => typeof value === 'string' && listOf.has(value));
    if (!named) return [];
    const terms = { prior: logOf(priors.control), intent: logOf(mass.of('resume')) };
    return [{ commands: [{ kind: 'resume', flow }], terms, used: [named] }];
  });
}

/** A yes to a confirmation acts: what in the words sounds like giving up counts against it ("nah wait, keep it"). */
function doubted(reading: PartReading, { situation, mass, segment }: Part): PartReading {
  const [command] = reading.commands;
  if (command?.kind !== 'affirm' || situation.question?.kind !== 'confirm') return reading;
  const against = (mass.of('deny') + mass.of('cancel')) / Math.max(mass.of('affirm'), floor);
  const meant = subordinate.test(segment.text) ? laterYes : 1;
  return { ...reading, terms: { ...reading.terms, doubt: logOf(meant * (1 - Math.min(1, against))) } };
}

/** "Before I confirm", 确认之前: what is said of a yes is not one. */
const subordinate =
  /\b(?:before|until|till|unless|if|once|as soon as|when) (?:i|we|you|that|this|it|confirm\w*|book\w*)\b|(?:之前|以前|前)[，,、]?\s*$|如果|要是|等.{0,6}再/iu;
const laterYes = 0.02;

/** The tasks that a message which leads nowhere resembled most. */
function nearFlows({ situation, mass }: Part): { readonly near?: readonly string[] } {
  const likely = mass.ranked.filter(({ probability }) => probability > nearTask);
  const near = [...new Set(likely.flatMap(({ intent }) => situation.bot.flowFor(intent)?.flow ?? []))];
  return near.length > 0 ? { near: near.slice(0, 3) } : {};
}

/** P(a task) from which it is worth suggesting to someone who was not understood. */
const nearTask = 0.05;

/** What a bare yes or no means here: an answer, a question left out, or a word to nothing in particular. */
function yesAndNo({ situation }: Part): readonly (readonly ['affirm' | 'deny', Command])[] {
  const { question, asks, state } = situation;
  if (question?.kind === 'confirm' || offersValues(situation) || state.options.length > 0) {
    return [
      ['affirm', { kind: 'affirm' }],
      ['deny', { kind: 'deny' }],
    ];
  }
  const [slot] = asks?.choicesFrom === undefined ? [] : situation.requested;
  const [only, ...others] = slot ? offered(situation, slot) : [];
  const told =
    slot &&
    (others.length === 0 ? only?.value : lastTold(situation.bot, state.memory, offered(situation, slot)));
  if (slot && told !== undefined) return [['affirm', { kind: 'set_slot', slot: slot.name, value: told }]];
  if (slot && others.length > 0) return [['affirm', { kind: 'cannot_handle', reason: 'which' }]];
  if (asks) return asks.optional ? [['deny', { kind: 'skip' }]] : [];
  return [
    ['affirm', { kind: 'chitchat', intent: 'affirm' }],
    ['deny', { kind: 'chitchat', intent: 'deny' }],
  ];
}

/** Whether the question offers values that were said before: "for the same days?" */
function offersValues({ question }: Situation): boolean {
  return question?.kind === 'collect' && question.offer !== undefined;
}

function yesNoPrior({ situation }: Part): number {
  return offersValues(situation) ? priorsOf.confirming.yesNo : situation.priors.yesNo;
}

const controls: readonly (readonly [string, Command])[] = [
  ['repeat', { kind: 'repeat' }],
  ['skip', { kind: 'skip' }],
  ['refuse', { kind: 'skip' }],
  ['explain', { kind: 'explain' }],
  ['handoff', { kind: 'handoff' }],
  ['restart', { kind: 'restart' }],
  ['resume', { kind: 'resume' }],
];

const chitchat = ['greet', 'thank', 'goodbye', 'capabilities', 'are_you_a_bot'] as const;

/** Takes up one of the options that the bot offered. */
function chosen({ situation, segment }: Part): readonly PartReading[] {
  const { options } = situation.state;
  const found = resolveChoice(
    segment.text,
    options.map(({ label }) => ({ value: null, label, synonyms: [], attributes: {} })),
    segment.entities,
  );
  if (!found) return [];
  const terms = { prior: logOf(chooseOffered), fit: logOf(found.fit) };
  return [{ commands: [{ kind: 'choose', option: found.option }], terms, used: segment.entities }];
}

/** Beside a part that says something, another may say nothing: a greeting, a yes before a value, a filler. */
export function emptyReading({ mass }: Part): PartReading {
  const small = [...chitchat, 'affirm', 'deny'].reduce((sum, intent) => sum + mass.of(intent), mass.none);
  return { commands: [], terms: { empty: logOf(emptyPart), intent: logOf(small) }, used: [] };
}
