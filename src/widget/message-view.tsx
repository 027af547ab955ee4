import type { Payload, ShownMessage } from './chat-state.ts';
import { safeUrl } from './safe-url.ts';
import type { Words } from './words.ts';

interface MessageViewProps {
  readonly message: ShownMessage;
  readonly words: Words;
  readonly sender: string;
  /** Whether it is still to be answered: buttons of older messages are history. */
  readonly isOpen: boolean;
  readonly onPress: (title: string, payload: Payload) => void;
  readonly onRetry: (id: string) => void;
}

/** One message. All of it is text: nothing a bot or a person says becomes markup. */
export function MessageView({ message, words, sender, isOpen, onPress, onRetry }: MessageViewProps) {
  const { role, text, locale, buttons, links, image, delivery } = message;
  const picture = image === undefined ? undefined : safeUrl(image, location.href);
  return (
    <div class={`message ${role} ${delivery ?? ''} ${picture === undefined ? '' : 'card'}`}>
      <span class="sender">{sender}</span>
      <p class="bubble" dir="auto" lang={locale}>
        {text}
      </p>
      {picture === undefined ? undefined : <img src={picture} alt="" loading="lazy" />}
      {links?.length ? (
        <ul class="links" aria-label={words.sources}>
          {links.map(({ title, url }) => {
            const href = safeUrl(url, location.href);
            return (
              <li key={url}>
                {href === undefined ? (
                  title
                ) : (
                  <a href={href} target="_blank" rel="noopener noreferrer">
                    {title}
                  </a>
                )}
              </li>
            );
          })}
        </ul>
      ) : undefined}
      {isOpen && buttons?.length ? (
        <div class="buttons">
          {buttons.map(({ title, payload }) => (
            <button
              key={title}
              type="button"
              dir="auto"
              lang={locale}
              onClick={() => onPress(title, payload)}
            >
              {title}
            </button>
          ))}
        </div>
      ) : undefined}
      {delivery === 'too_long' ? <span class="failure">{words.tooLong}</span> : undefined}
      {delivery === 'failed' ? (
        <span class="failure">
          {words.failed}{' '}
          <button type="button" onClick={() => onRetry(message.id)}>
            {words.retry}
          </button>
        </span>
      ) : undefined}
    </div>
  );
}
