import type { Message } from '../message.ts';
import type { ChannelCapabilities } from './channel.ts';
import { splitText } from './split-text.ts';

/**
 * Fits messages to what a channel can show: what it lacks becomes text, and long texts are split.
 *
 * @param firstNumber - Where the numbers of listed buttons begin; the default is 1.
 */
export function renderFor(
  capabilities: ChannelCapabilities,
  messages: readonly Message[],
  firstNumber = 1,
): readonly Message[] {
  let number = firstNumber;
  return messages.flatMap((message) => {
    const listed = listsButtons(capabilities, message) ? (message.buttons ?? []) : [];
    const from = number;
    number += listed.length;
    const lines = [
      message.text,
      ...listed.map(({ title }, place) => `${from + place}. ${title}`),
      ...(capabilities.links ? [] : (message.links ?? []).map(({ title, url }) => `${title}: ${url}`)),
      ...(capabilities.images || message.image === undefined ? [] : [message.image]),
    ];
    const texts = splitText(lines.filter((line) => line !== '').join('\n'), capabilities.maxTextLength);
    return withParts(capabilities, message, texts);
  });
}

/** Whether a message's buttons are shown as a numbered list. */
export function listsButtons({ buttons, maxButtons }: ChannelCapabilities, message: Message): boolean {
  return !buttons || (message.buttons?.length ?? 0) > maxButtons;
}

/** The first part has the picture, the last one buttons and links: they belong under the end of the text. */
function withParts(
  capabilities: ChannelCapabilities,
  { text: _, buttons, links, image, ...rest }: Message,
  texts: readonly string[],
): readonly Message[] {
  const parts = texts.length === 0 ? [''] : texts;
  const keepsButtons =
    buttons !== undefined && capabilities.buttons && buttons.length <= capabilities.maxButtons;
  return parts.map((text, place) => ({
    ...rest,
    text,
    ...(place === 0 && image !== undefined && capabilities.images ? { image } : {}),
    ...(place === parts.length - 1 && keepsButtons ? { buttons } : {}),
    ...(place === parts.length - 1 && links !== undefined && capabilities.links ? { links } : {}),
  }));
}
