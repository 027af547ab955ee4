import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatState, Payload } from './chat-state.ts';
import { MessageView } from './message-view.tsx';
import type { Words } from './words.ts';

/** So near to its end, in pixels, the log goes on with what comes. */
const NEAR_END = 48;

interface MessageLogProps {
  readonly state: ChatState;
  readonly title: string;
  readonly words: Words;
  readonly onSend: (text: string, payload?: Payload) => void;
  readonly onRetry: (id: string) => void;
}

/** What was said. Its end stays in view, unless the person reads further up: then a button tells what is new. */
export function MessageLog({ state, title, words, onSend, onRetry }: MessageLogProps) {
  const { messages, draft, isTyping } = state;
  const log = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [seen, see] = useState(0);
  const said = messages.filter(({ role }) => role === 'bot').length;
  // What the bot asked since the person's last word may still be answered by its buttons.
  const answered = messages.findLastIndex(({ role }) => role === 'user');

  const goToEnd = (): void => log.current?.scrollTo({ top: log.current.scrollHeight });
  const onScroll = (): void => {
    if (!log.current) return;
    const { scrollHeight, scrollTop, clientHeight } = log.current;
    follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (follows.current) see(said);
  };
  // Who says something looks for the answer.
  const sent = messages.findLast(({ delivery }) => delivery === 'sending')?.id;
  useLayoutEffect(() => {
    if (sent !== undefined) follows.current = true;
  }, [sent]);
  useLayoutEffect(() => {
    if (!follows.current && seen <= said) return;
    goToEnd();
    see(said);
  }, [messages.length, draft, isTyping]);
  // A notice, a long text in the field and a phone that is turned leave the log less room.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (follows.current) goToEnd();
    });
    if (log.current) observer.observe(log.current);
    return () => observer.disconnect();
  }, []);

  return (
    <>
      <div
        class="log"
        role="log"
        aria-label={words.log}
        aria-live="polite"
        tabIndex={0}
        ref={log}
        onScroll={onScroll}
        // A picture has its height only now.
        onLoadCapture={() => {
          if (follows.current) goToEnd();
        }}
      >
        {messages.map((message, place) => (
          <MessageView
            key={message.id}
            message={message}
            words={words}
            sender={message.role === 'user' ? words.you : title}
            isOpen={place > answered}
            onPress={onSend}
            onRetry={onRetry}
          />
        ))}
        {draft === '' ? undefined : (
          <div class="message bot draft">
            <p class="bubble" dir="auto">
              {draft}
            </p>
          </div>
        )}
        {isTyping && draft === '' ? (
          <div class="typing" role="status" aria-label={`${title} ${words.typing}`}>
            <i />
            <i />
            <i />
          </div>
        ) : undefined}
      </div>
      {said > seen ? (
        <div class="newer">
          <button
            type="button"
            onClick={() => {
              goToEnd();
              log.current?.focus({ preventScroll: true });
            }}
          >
            {words.unread(said - seen)} <span aria-hidden="true">↓</span>
          </button>
        </div>
      ) : undefined}
    </>
  );
}
