import { useEffect, useState } from 'preact/hooks';
import { PlaceView, type DialogueState } from './place-view.tsx';
import { describe, TurnView, type Trace } from './turn-view.tsx';

interface Summary {
  readonly id: string;
  readonly version: number;
  readonly updatedAt: number;
  readonly handover: string | null;
  /** What the person said last. */
  readonly heard?: string | undefined;
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
  const [chosen, choose] = useAddress();
  const [wanted, want] = useState('');
  const { conversations, isLost } = useConversations();
  const sought = wanted.trim();
  const id = chosen ?? conversations?.[0]?.id;
  const { report, isMissing } = useReport(
    id,
    conversations?.find((known) => known.id === id),
  );
  return (
    <>
      <aside aria-label="Conversations">
        <h1>Conversations</h1>
        {isLost ? <p role="status">No connection; trying again.</p> : undefined}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (sought !== '') choose(sought);
          }}
        >
          <input
            type="search"
            aria-label="Find a conversation by its id or last words"
            placeholder="Find by id or last words"
            value={wanted}
            onInput={(event) => want(event.currentTarget.value)}
          />
        </form>
        <button
          type="button"
          aria-current={chosen === undefined ? 'true' : undefined}
          onClick={() => choose(undefined)}
        >
          The latest
        </button>
        {conversations
          ?.filter(({ id: known, heard = '' }) => known.includes(sought) || heard.includes(sought))
          .map((conversation) => (
            <ConversationButton
              key={conversation.id}
              conversation={conversation}
              isCurrent={conversation.id === id}
              onChoose={choose}
            />
          ))}
      </aside>
      {report?.state ? (
        <PlaceView key={report.id} state={report.state} handover={report.handover} />
      ) : undefined}
      <main>{report ? <Turns report={report} /> : <p>{absence(conversations, isMissing)}</p>}</main>
    </>
  );
}

function absence(conversations: readonly Summary[] | undefined, isMissing: boolean): string {
  if (isMissing) return 'There is no such conversation, or it was forgotten.';
  return conversations?.length === 0 ? 'Nobody has spoken yet.' : '';
}

/** The chosen conversation stands in the page's address: it can be passed on, and outlives a reload. */
function useAddress(): readonly [string | undefined, (id: string | undefined) => void] {
  const [chosen, set] = useState(idInAddress);
  useEffect(() => {
    const onChange = (): void => set(idInAddress());
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  const choose = (id: string | undefined): void => {
    location.hash = id === undefined ? '' : encodeURIComponent(id);
  };
  return [chosen, choose];
}

function idInAddress(): string | undefined {
  try {
    return decodeURIComponent(location.hash.slice(1)) || undefined;
  } catch {
    return undefined;
  }
}

interface ConversationButtonProps {
  readonly conversation: Summary;
  readonly isCurrent: boolean;
  readonly onChoose: (id: string) => void;
}

function ConversationButton({ conversation, isCurrent, onChoose }: ConversationButtonProps) {
  const { id, version, updatedAt, handover, heard } = conversation;
  return (
    <button type="button" aria-current={isCurrent ? 'true' : undefined} onClick={() => onChoose(id)}>
      <span dir="auto">{heard ?? id}</span>
      {heard === undefined ? undefined : (
        <small>
          <span title={id}>{id}</span>
        </small>
      )}
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
      <p>
        <small>
          As a golden dialogue: <code>usher test --from {id}</code>
        </small>
      </p>
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
    readonly content?: { readonly kind: string } & Readonly<Record<string, unknown>>;
    readonly message?: { readonly text: string; readonly buttons?: readonly { readonly title: string }[] };
  };
  if (kind === 'user_message') return [{ by: 'person', text: text ?? withoutWords(content) }];
  if (kind !== 'bot_message' || !message) return [];
  const buttons = message.buttons?.map(({ title }) => ` [${title}]`).join('') ?? '';
  return [{ by: 'bot', text: `${message.text}${buttons}` }];
}

/** What a person did who wrote nothing: `[Yes] command: affirm`. */
function withoutWords(
  content: ({ readonly kind: string } & Readonly<Record<string, unknown>>) | undefined,
): string {
  if (content?.kind !== 'payload') return describe(content ?? { kind: 'nothing' });
  const { title, payload } = content as unknown as {
    readonly title?: string;
    readonly payload: { readonly kind: string };
  };
  return `[${title ?? '…'}] ${describe(payload)}`;
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
function useReport(
  id: string | undefined,
  summary: Summary | undefined,
): { readonly report: Report | undefined; readonly isMissing: boolean } {
  const [report, setReport] = useState<Report>();
  const [missing, setMissing] = useState<string>();
  useEffect(() => {
    if (id === undefined) return undefined;
    let isCurrent = true;
    void read(`/inspect/api/conversations/${encodeURIComponent(id)}`).then((text) => {
      if (!isCurrent) return;
      setMissing(text === undefined ? id : undefined);
      if (text !== undefined) setReport(JSON.parse(text) as Report);
    });
    return () => {
      isCurrent = false;
    };
  }, [id, summary?.version, summary?.handover]);
  const isMissing = id !== undefined && missing === id;
  return { report: report?.id === id && !isMissing ? report : undefined, isMissing };
}

async function read(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url);
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
