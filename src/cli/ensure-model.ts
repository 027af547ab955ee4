import type { Bot } from '../bot/load-bot.ts';
import { modelState, registryOf, trainBot } from '../bot/train-bot.ts';
import { EngineError } from '../errors.ts';
import type { ModelComparison } from '../nlu/compare-models.ts';
import type { ModelManifest } from '../nlu/trained-model.ts';
import type { CommandContext } from './command.ts';
import { compareWithPromoted, describeChanges } from './model-changes.ts';

export interface TrainReport {
  readonly id: string;
  readonly trained: boolean;
  readonly previous: string | undefined;
  /** Held-out accuracy, and the promoted model's before it; 0 to 1. */
  readonly accuracy: number;
  readonly previousAccuracy: number | null;
  /** Against the promoted model; null when there was none, or nothing was trained. */
  readonly changes: ModelComparison | null;
  readonly text: string;
}

/** Trains and promotes a model when the bot has none that fits its files; says so on standard error. */
export async function ensureModel(bot: Bot, context: CommandContext): Promise<void> {
  if (modelState(bot).kind === 'fresh') return;
  const manifest = await trainWithBar(bot, context);
  await registryOf(bot).promote(manifest.id, context.clock());
}

/**
 * Trains, and promotes what is not worse than the promoted model by more than the bot allows.
 *
 * @throws EngineError `MODEL_WORSE` when it is; the new model is kept, unpromoted.
 */
export async function trainAndPromote(
  bot: Bot,
  context: CommandContext,
  force: boolean,
): Promise<TrainReport> {
  const registry = registryOf(bot);
  const previous = registry.promoted();
  const state = modelState(bot);
  if (state.kind === 'fresh' && !force && previous) {
    const accuracy = previous.metrics.heldOutAccuracy;
    const text = `Nothing changed since ${previous.id} was trained.`;
    return {
      id: previous.id,
      trained: false,
      previous: previous.id,
      accuracy,
      previousAccuracy: accuracy,
      changes: null,
      text,
    };
  }
  const manifest = await trainWithBar(bot, context);
  const accuracy = manifest.metrics.heldOutAccuracy;
  const previousAccuracy = previous?.metrics.heldOutAccuracy ?? null;
  const changes = previous ? await compareWithPromoted(bot, previous, manifest, context) : null;
  const lines = changes ? describeChanges(changes) : [];
  if (!force) refuseWorse(manifest, previous, bot.config.understanding.allowed_loss, lines);
  await registry.promote(manifest.id, context.clock());
  const against = previousAccuracy === null ? '' : ` (${previous?.id ?? ''}: ${percent(previousAccuracy)})`;
  const promoted = `Promoted ${manifest.id}: ${percent(accuracy)} of held-out utterances right${against}.`;
  const text = [promoted, ...lines].join('\n');
  return {
    id: manifest.id,
    trained: true,
    previous: previous?.id,
    accuracy,
    previousAccuracy,
    changes,
    text,
  };
}

/**
 * Refuses a model that lost more than is allowed against the promoted one. Models of different encoders are not
 * compared: the promoted one does not fit the configuration any more, whatever it could.
 *
 * @throws EngineError `MODEL_WORSE`.
 */
export function refuseWorse(
  next: ModelManifest,
  previous: ModelManifest | undefined,
  allowed: number,
  changes: readonly string[],
): void {
  if (previous?.encoder !== next.encoder) return;
  const loss = previous.metrics.heldOutAccuracy - next.metrics.heldOutAccuracy;
  if (loss <= allowed) return;
  throw new EngineError(
    'MODEL_WORSE',
    `The new model ${next.id} gets ${percent(next.metrics.heldOutAccuracy)} of held-out utterances right, ${percent(loss)} less than the promoted one; ${percent(allowed)} is allowed.${changes.map((line) => `\n${line}`).join('')}`,
    { fix: 'Look at the new utterances (`usher check`), or promote it with `usher train --force`.' },
  );
}

async function trainWithBar(bot: Bot, { terminal, signal, clock }: CommandContext): Promise<ModelManifest> {
  const startedAt = clock();
  const bar = terminal.progress('Training');
  const manifest = await trainBot(bot, { signal, onProgress: ({ share, step }) => bar.update(share, step) });
  const { examples, intents } = manifest.metrics;
  const seconds = ((clock() - startedAt) / 1000).toFixed(1);
  bar.done(`Trained ${manifest.id} on ${examples} utterances of ${intents} intents in ${seconds} s.`);
  return manifest;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
