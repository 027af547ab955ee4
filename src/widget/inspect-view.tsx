import { useEffect, useState } from 'preact/hooks';
import { PlaceView, type DialogueState } from './place-view.tsx';
import { TurnView, type Trace } from './turn-view.tsx';

interface Summary {
  readonly id: string;
  readonly version: number;
  readonly updatedAt: number;
  readonly handover: string | null;
}

interface Report extends Summary {
  readonly state?: DialogueState;
  readonly events: readonly LoggedEvent[];
  readonly traces: readonly Trace[];
}

interface LoggedEvent {
  readonly turn: number;
  readonly kind: string;
  readonly data: unknown;
}

const REFRESH_MS = 2_000;

/** Conversations; where the chosen one stands; what was understood, weighed and done in each of its turns. */
export function InspectView() {
  const [chosen, choose] = useState<string>();
  const { conversations, isLost } = useConversations();
  const current =
    chosen === undefined ? conversations?.[0] : conversations?.find((known) => known.id === chosen);
  const report = useReport(current);
  return (
    <>
      <aside aria-label="Conversations">
        <h1>Conversations</h1>
        {isLost ? <p role="status">No connection; trying again.</p> : undefined}
        {conversations?.map((conversation) => (
          <ConversationButton
            key={conversation.id}
            conversation={conversation}
            isCurrent={conversation === current}
            onChoose={choose}
          />
        ))}
      </aside>
      {report?.state ? (
        <PlaceView key={report.id} state={report.state} handover={report.handover} />
      ) : undefined}
      <main>
        {report ? (
          <Turns report={report} />
        ) : (
          <p>{conversations?.length === 0 ? 'Nobody has spoken yet.' : ''}</p>
        )}
      </main>
    </>
  );
}

interface ConversationButtonProps {
  readonly conversation: Summary;
  readonly isCurrent: boolean;
  readonly onChoose: (id: string) => void;
}

function ConversationButton({ conversation, isCurrent, onChoose }: ConversationButtonProps) {
  const { id, version, updatedAt, handover } = conversation;
  return (
    <button type="button" aria-current={isCurrent ? 'true' : undefined} onClick={() => onChoose(id)}>
      <span title={id}>{id}</span>
      <small>
        {new Date(updatedAt).toLocaleString()}, turn {version}
        {handover === null ? '' : `, with a person (${handover})`}
      </small>
    </button>
  );
}

function Turns({ report: { id, traces, events } }: { readonly report: Report }) {
  return (
    <>
      <h2>{id}</h2>
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
  const { text, content, message } = data as {
    readonly text?: string;
    readonly content?: unknown;
    readonly message?: { readonly text: string; readonly buttons?: readonly { readonly title: string }[] };
  };
  if (kind === 'user_message') return [{ by: 'person', text: text ?? JSON.stringify(content) }];
  if (kind !== 'bot_message' || !message) return [];
  const buttons = message.buttons?.map(({ title }) => ` [${title}]`).join('') ?? '';
  return [{ by: 'bot', text: `${message.text}${buttons}` }];
}

function useConversations(): {
  readonly conversations: readonly Summary[] | undefined;
  readonly isLost: boolean;
} {
  const [conversations, set] = useState<readonly Summary[]>();
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    let known = '';
    const load = async (): Promise<void> => {
      if (document.hidden) return;
      const text = await read('/inspect/api/conversations');
      setLost(text === undefined);
      if (text === undefined || text === known) return;
      known = text;
      set(JSON.parse(text) as readonly Summary[]);
    };
    void load();
    const timer = setInterval(() => void load(), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return { conversations, isLost };
}

/** Asked for again when the conversation has gone on. */
function useReport(summary: Summary | undefined): Report | undefined {
  const [report, setReport] = useState<Report>();
  const { id, version, handover } = summary ?? {};
  useEffect(() => {
    if (id === undefined) return undefined;
    let isCurrent = true;
    void read(`/inspect/api/conversations/${encodeURIComponent(id)}`).then((text) => {
      if (isCurrent && text !== undefined) setReport(JSON.parse(text) as Report);
    });
    return () => {
      isCurrent = false;
    };
  }, [id, version, handover]);
  return report?.id === id ? report : undefined;
}

async function read(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url);
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
