import type { Command } from '../../../src/dialogue/command.ts';
import { builtInPatterns } from '../../../src/dialogue/built-in-patterns.ts';
import type { RunState } from '../../../src/dialogue/dialogue-state.ts';
import type { Advance } from '../../../src/dialogue/dialogue.ts';
import type { Effect, Outcome, RunEffect } from '../../../src/dialogue/effect.ts';
import { parseProgram } from '../../../src/dialogue/parse-program.ts';
import type { Program } from '../../../src/dialogue/program.ts';
import { createDialogue, type DialogueOptions } from '../../../src/dialogue/create-dialogue.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { InboundContent, InboundMessage } from '../../../src/message.ts';

export function program(...texts: readonly string[]): Program {
  return parseProgram(
    texts.map((text, at) => ({ file: `flows/${at}.yml`, text })),
    { locales: ['en', 'zh'], builtin: builtInPatterns() },
  );
}

/** Plays an action: what it sets and says, or how it fails. */
export type Play = (
  input: JsonObject,
  run: RunEffect,
) => Partial<Extract<Outcome, { kind: 'ran' }>> | 'error' | 'timeout' | 'unknown_outcome';

/** A conversation held by commands, with actions played by the test. */
export class Talk {
  readonly dialogue: ReturnType<typeof createDialogue>;
  readonly plays: Readonly<Record<string, Play>>;
  state: RunState;
  now = 0;
  /** Of the last turn. */
  effects: readonly Effect[] = [];
  events: Advance['events'] = [];
  /** Every action run, in order. */
  readonly runs: RunEffect[] = [];

  constructor(bot: Program, plays: Readonly<Record<string, Play>> = {}, options: DialogueOptions = {}) {
    this.dialogue = createDialogue(bot, options);
    this.plays = plays;
    this.state = this.dialogue.start('test:1', 'en') as RunState;
  }

  /** Gives commands; returns the names of what the bot said and asked, in order. */
  give(...commands: readonly Command[]): readonly string[] {
    return this.hear({ kind: 'text', text: 'words' }, commands);
  }

  hear(
    content: InboundContent,
    commands: readonly Command[] = [],
    more: Partial<InboundMessage> = {},
  ): readonly string[] {
    const message = { channel: 'test', conversation: 'test:1', id: '1', at: 0, content, ...more };
    const effects: Effect[] = [];
    const events: Advance['events'][number][] = [];
    let step = this.dialogue.advance(this.state, { kind: 'commands', commands, message, locale: 'en' }, this);
    for (;;) {
      this.state = JSON.parse(JSON.stringify(step.state)) as RunState;
      effects.push(...step.effects);
      events.push(...step.events);
      if (step.waitsFor !== 'outcome') break;
      step = this.dialogue.advance(
        this.state,
        { kind: 'outcome', outcome: this.#outcome(step.effects.at(-1)) },
        this,
      );
    }
    this.effects = effects;
    this.events = events;
    return said(effects);
  }

  #outcome(effect: Effect | undefined): Outcome {
    if (effect?.kind !== 'run') return { kind: 'silent' };
    this.runs.push(effect);
    const played = this.plays[effect.action]?.(effect.input, effect) ?? {};
    return typeof played === 'string'
      ? { kind: 'failed', reason: played, message: played }
      : { kind: 'ran', set: {}, user: {}, say: [], ...played };
  }
}

function said(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== 'say' && effect.kind !== 'ask') return [];
    const { utterance } = effect;
    return [
      utterance.kind === 'response'
        ? utterance.response
        : (utterance.text['en'] ?? utterance.text['*'] ?? ''),
    ];
  });
}

export const start = (flow: string): Command => ({ kind: 'start_flow', flow });
export const set = (slot: string, value: JsonObject[string]): Command => ({ kind: 'set_slot', slot, value });
export const correct = (slot: string, value: JsonObject[string]): Command => ({
  kind: 'correct_slot',
  slot,
  value,
});
export const yes: Command = { kind: 'affirm' };
export const no: Command = { kind: 'deny' };
export const cancel: Command = { kind: 'cancel' };
