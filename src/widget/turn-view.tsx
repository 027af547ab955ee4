/** The part of a turn's trace that is shown. */
export interface Trace {
  readonly turn: number;
  readonly at: number;
  readonly understanding?: {
    readonly locale: string;
    readonly sentiment: number;
    readonly notes: readonly string[];
    readonly articles: readonly { readonly article: string; readonly score: number }[];
    readonly segments: readonly {
      readonly text: string;
      readonly accepted: boolean;
      readonly outOfScope: number;
      readonly intents: readonly { readonly intent: string; readonly probability: number }[];
      readonly entities: readonly {
        readonly entity: string;
        readonly text: string;
        readonly value: unknown;
        readonly source: string;
      }[];
      readonly nearest: readonly {
        readonly text: string;
        readonly intent: string;
        readonly similarity: number;
      }[];
    }[];
  };
  readonly readings: readonly {
    readonly commands: readonly { readonly kind: string }[];
    readonly score: number;
    readonly terms: Readonly<Record<string, number>>;
  }[];
  readonly states: readonly { readonly flow: string; readonly step: string }[];
  readonly effects: readonly { readonly kind: string }[];
  readonly timingsMs: Readonly<Record<string, number>>;
  readonly tokens: { readonly prompt: number; readonly completion: number };
  readonly notes: readonly string[];
}

interface TurnViewProps {
  readonly trace: Trace;
  readonly said: readonly { readonly by: string; readonly text: string }[];
}

/** One turn: what was said, understood, weighed, entered and done, and how long it took. */
export function TurnView({ trace, said }: TurnViewProps) {
  const { understanding, readings, states, effects, timingsMs, tokens, notes } = trace;
  return (
    <article>
      <header>
        <h3>Turn {trace.turn}</h3>
        <small>{new Date(trace.at).toLocaleTimeString()}</small>
      </header>
      {said.map(({ by, text }, index) => (
        <p key={index} class={`said ${by}`}>
          <small>{by}</small> <span dir="auto">{text}</span>
        </p>
      ))}
      {understanding?.segments.map((segment, index) => (
        <SegmentView key={index} segment={segment} />
      ))}
      {understanding?.articles.length ? (
        <>
          <h4>Articles</h4>
          <Scores rows={understanding.articles.slice(0, 5).map(({ article, score }) => [article, score])} />
        </>
      ) : undefined}
      {readings.length > 0 ? (
        <>
          <h4>Readings, best first</h4>
          <table>
            <tbody>
              {readings.slice(0, 6).map(({ commands, score, terms }, index) => (
                <tr key={index}>
                  <td class="number">{score.toFixed(2)}</td>
                  <td>{commands.map(describe).join('; ')}</td>
                  <td class="terms">
                    <small>
                      {Object.entries(terms)
                        .map(([name, value]) => `${name} ${value.toFixed(2)}`)
                        .join(', ')}
                    </small>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : undefined}
      {states.length > 0 ? (
        <>
          <h4>States entered</h4>
          <p>{states.map(({ flow, step }) => `${flow}/${step}`).join(' → ')}</p>
        </>
      ) : undefined}
      {effects.length > 0 ? (
        <>
          <h4>Done</h4>
          <ul>
            {effects.map((effect, index) => (
              <li key={index}>{describe(effect)}</li>
            ))}
          </ul>
        </>
      ) : undefined}
      <p>
        <small>
          {Object.entries(timingsMs)
            .map(([stage, ms]) => `${stage} ${ms.toFixed(1)} ms`)
            .join(', ')}
          {tokens.prompt > 0 ? `; ${tokens.prompt} + ${tokens.completion} tokens` : ''}
          {[...notes, ...(understanding?.notes ?? [])].map((note) => `; ${note}`).join('')}
        </small>
      </p>
    </article>
  );
}

function SegmentView({
  segment,
}: {
  readonly segment: NonNullable<Trace['understanding']>['segments'][number];
}) {
  const { text, accepted, outOfScope, intents, entities, nearest } = segment;
  return (
    <>
      <h4>
        “{text}”: {accepted ? 'understood' : 'not sure'}
      </h4>
      <Scores
        rows={[
          ...intents.slice(0, 5).map(({ intent, probability }) => [intent, probability] as const),
          ['out of scope', outOfScope],
        ]}
      />
      {entities.map(({ entity, text: found, value, source }, index) => (
        <p key={index}>
          <small>{entity}</small> “{found}” = {JSON.stringify(value)} <small>({source})</small>
        </p>
      ))}
      {nearest.length > 0 ? (
        <p>
          <small>
            near:{' '}
            {nearest
              .map(
                ({ text: example, intent, similarity }) =>
                  `“${example}” (${intent}, ${similarity.toFixed(2)})`,
              )
              .join(', ')}
          </small>
        </p>
      ) : undefined}
    </>
  );
}

function Scores({ rows }: { readonly rows: readonly (readonly [string, number])[] }) {
  return (
    <table>
      <tbody>
        {rows.map(([name, score]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="number">{score.toFixed(3)}</td>
            <td>
              <svg class="bar-of" width="120" height="9" aria-hidden="true">
                <rect class="bar" width={Math.max(1, score * 120)} height="9" rx="3" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `set_slot (slot: order_id, value: AB1)`. */
export function describe(thing: { readonly kind: string }): string {
  const { kind, ...rest } = thing as { kind: string } & Record<string, unknown>;
  const parts = Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${shown(value)}`);
  return parts.length === 0 ? kind : `${kind} (${parts.join(', ')})`;
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
