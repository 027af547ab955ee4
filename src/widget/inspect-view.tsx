import { useEffect, useState } from 'preact/hooks';
import { FlowDiagramView } from './flow-diagram-view.tsx';
import { TurnView, type Trace } from './turn-view.tsx';

interface Summary {
  readonly id: string;
  readonly channel: string;
  readonly version: number;
  readonly updatedAt: number;
  readonly handover: string | null;
}

interface Report extends Summary {
  readonly state?: {
    readonly slots: Record<string, unknown>;
    readonly user: Record<string, unknown>;
    readonly locale: string;
  };
  readonly events: readonly {
    readonly id: number;
    readonly turn: number;
    readonly kind: string;
    readonly data: unknown;
  }[];
  readonly traces: readonly Trace[];
}

const REFRESH_MS = 2_000;

/** Conversations on the left; what was understood, weighed and done in each turn on the right. */
export function InspectView() {
  const [chosen, choose] = useState<string>();
  const conversations = usePolled('/inspect/api/conversations') as readonly Summary[] | undefined;
  const id = chosen ?? conversations?.[0]?.id;
  const report = usePolled(
    id === undefined ? undefined : `/inspect/api/conversations/${encodeURIComponent(id)}`,
  ) as Report | undefined;
  return (
    <>
      <aside aria-label="Conversations">
        <h1>Conversations</h1>
        {conversations?.map((conversation) => (
          <button
            key={conversation.id}
            type="button"
            aria-current={conversation.id === id ? 'true' : undefined}
            onClick={() => choose(conversation.id)}
          >
            <span title={conversation.id}>{conversation.id}</span>
            <small>
              {new Date(conversation.updatedAt).toLocaleString()}, turn {conversation.version}
              {conversation.handover === null ? '' : `, with a person (${conversation.handover})`}
            </small>
          </button>
        ))}
      </aside>
      <main>{report ? <ReportView report={report} /> : <p>No conversation yet.</p>}</main>
    </>
  );
}

function ReportView({ report }: { readonly report: Report }) {
  const { state, traces, events } = report;
  const here = traces.flatMap(({ states }) => states).at(-1);
  return (
    <>
      <article>
        <h2>{report.id}</h2>
        <div class="state">
          {here ? <FlowDiagramView flow={here.flow} step={here.step} /> : undefined}
          <div>
            <Values title="Slots" values={state?.slots ?? {}} />
            <Values title="User" values={state?.user ?? {}} />
          </div>
        </div>
      </article>
      {traces.toReversed().map((trace) => (
        <TurnView
          key={trace.turn}
          trace={trace}
          said={events
            .filter(({ turn }) => turn === trace.turn)
            .flatMap(({ kind, data }) => spoken(kind, data))}
        />
      ))}
    </>
  );
}

function spoken(kind: string, data: unknown): readonly { readonly by: string; readonly text: string }[] {
  const { text, message } = data as { text?: string; message?: { text: string } };
  if (kind === 'user_message')
    return [{ by: 'person', text: text ?? JSON.stringify((data as { content: unknown }).content) }];
  return kind === 'bot_message' && message ? [{ by: 'bot', text: message.text }] : [];
}

function Values({ title, values }: { readonly title: string; readonly values: Record<string, unknown> }) {
  const filled = Object.entries(values).filter(([, value]) => value !== null);
  if (filled.length === 0) return undefined;
  return (
    <>
      <h3>{title}</h3>
      <table>
        <tbody>
          {filled.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{withBreaks(name)}</th>
              <td>{typeof value === 'string' ? value : JSON.stringify(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function usePolled(url: string | undefined): unknown {
  const [value, setValue] = useState<unknown>();
  useEffect(() => {
    if (url === undefined) return undefined;
    let isCurrent = true;
    const load = async (): Promise<void> => {
      const response = await fetch(url).catch(() => undefined);
      if (isCurrent && response?.ok) setValue(await response.json());
    };
    void load();
    const timer = setInterval(() => void load(), REFRESH_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [url]);
  return value;
}

/** A long name may go on in the next line after an underscore. */
function withBreaks(name: string): string {
  return name.replaceAll('_', '_\u200b');
}
