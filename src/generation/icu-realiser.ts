import { EngineError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Button, Link, Locale, LocalizedText, Message } from '../message.ts';
import { chooseText, speaks } from './choose-text.ts';
import type { FormatOptions } from './format-template.ts';
import type {
  RealiseOptions,
  Realiser,
  ResponseTemplate,
  ResponseTemplateVariant,
  Sayable,
} from './realiser.ts';
import { resolvePath } from './resolve-path.ts';
import { createTemplateCache, type TemplateCache } from './template-cache.ts';
import { formatUrl } from './format-url.ts';

export interface RealiserOptions {
  /** The bot's, first the one that others fall back to. */
  readonly locales: readonly Locale[];
  /** What a choice is called, by slot and value. */
  readonly labels?: Readonly<Record<string, Readonly<Record<string, LocalizedText>>>> | undefined;
  /** Whether the responses' texts are known to be templates: looking through all of them takes time. */
  readonly checked?: boolean | undefined;
  /** Told of every placeholder that had nothing to show. */
  readonly onMissing?: ((missing: MissingValue) => void) | undefined;
}

export interface MissingValue {
  /** The response's name; `text` for a text in place. */
  readonly source: string;
  readonly locale: Locale;
  /** Dotted path. */
  readonly argument: string;
}

/**
 * Says responses written in ICU MessageFormat.
 *
 * @throws EngineError `FLOW_INVALID` for a response whose text is no template; all of them are named at once. Not where
 *   they were checked before.
 */
export function createRealiser(
  responses: Readonly<Record<string, ResponseTemplate>>,
  options: RealiserOptions,
): Realiser {
  const templates = createTemplateCache();
  if (options.checked !== true) templates.check(Object.values(responses));
  return {
    realise: (sayable, values, context) => {
      const saying = new Saying(templates, values, options, context, sourceOf(sayable));
      if (sayable.kind === 'text') return saying.inPlace(sayable);
      const own = Object.hasOwn(responses, sayable.response) ? responses[sayable.response] : undefined;
      const response = sayable.definition ?? own;
      if (!response)
        throw new EngineError('FLOW_INVALID', `There is no response called '${sayable.response}'.`, {
          fix: 'Define it under `responses:`, or correct the name in the flow or action that says it.',
        });
      return saying.response(response, sayable);
    },
  };
}

function sourceOf(sayable: Sayable): string {
  return sayable.kind === 'response' ? sayable.response : 'text';
}

/** One message in the making. */
class Saying {
  readonly #templates: TemplateCache;
  readonly #values: JsonObject;
  readonly #options: RealiserOptions;
  readonly #context: RealiseOptions;
  readonly #source: string;

  constructor(
    templates: TemplateCache,
    values: JsonObject,
    options: RealiserOptions,
    context: RealiseOptions,
    source: string,
  ) {
    this.#templates = templates;
    this.#values = values;
    this.#options = options;
    this.#context = context;
    this.#source = source;
  }

  inPlace(sayable: Extract<Sayable, { kind: 'text' }>): Message {
    const text = sayable.literal ? this.#literal(sayable.text) : this.#format(sayable.text, this.#values);
    return { ...text, ...present({ buttons: this.#given(sayable) }), source: this.#source };
  }

  response(response: ResponseTemplate, sayable: Extract<Sayable, { kind: 'response' }>): Message {
    const variant = this.#choose(response, sayable.variants);
    if (!variant) return { text: '', locale: this.#context.locale, source: this.#source };
    return {
      ...this.#format(variant.text, this.#values),
      ...present({
        buttons: [...this.#buttons(variant), ...this.#given(sayable)],
        links: variant.links.flatMap((link) => this.#link(link)),
      }),
      ...(variant.image === undefined ? {} : this.#image(variant.image)),
      source: this.#source,
      ...(Object.keys(variant.custom).length === 0 ? {} : { custom: variant.custom }),
    };
  }

  #choose(
    { variants }: ResponseTemplate,
    eligible: readonly number[] | undefined,
  ): ResponseTemplateVariant | undefined {
    const { channel, locale, random } = this.#context;
    const allowed = eligible
      ? eligible.map((index) => variants[index]).filter((variant) => variant !== undefined)
      : variants;
    const ofChannel = allowed.filter((variant) => variant.channel === channel);
    const ofAll = allowed.filter((variant) => variant.channel === undefined);
    const suited = ofChannel.length > 0 ? ofChannel : ofAll;
    const spoken = suited.filter((variant) => speaks(variant.text, locale));
    const choice = spoken.length > 0 ? spoken : suited;
    return choice[Math.min(choice.length - 1, Math.floor(random() * choice.length))];
  }

  #buttons({ buttons }: ResponseTemplateVariant): readonly Button[] {
    if (!('from' in buttons))
      return buttons.map(({ title, payload }) => ({
        title: this.#format(title, this.#values).text,
        payload,
      }));
    const items = resolvePath(this.#values, buttons.from.replace(/^slots\./, ''));
    if (!Array.isArray(items)) {
      this.#missed(buttons.from);
      return [];
    }
    return (items as readonly Json[]).flatMap((item) => this.#itemButton(item, buttons.title, buttons.set));
  }

  #itemButton(item: Json, title: LocalizedText, set: Readonly<Record<string, string>>): readonly Button[] {
    const fields: JsonObject = { value: item, ...(isObject(item) ? item : {}) };
    const slots: Record<string, Json> = {};
    for (const [slot, field] of Object.entries(set)) {
      const value = resolvePath(fields, field);
      if (value === undefined) {
        this.#missed(field);
        return [];
      }
      slots[slot] = value;
    }
    const text = this.#format(title, { ...this.#values, ...fields }).text;
    return [{ title: text, payload: { kind: 'set_slots', slots } }];
  }

  /** Buttons that come with the saying are an action's or the dialogue's own: their titles are data. */
  #given({ buttons = [] }: Sayable): readonly Button[] {
    return buttons.map(({ title, payload }) => ({ title: this.#literal(title).text, payload }));
  }

  #link({ title, url }: { title: LocalizedText; url: string }): readonly Link[] {
    const target = formatUrl(url, this.#values);
    if (target === undefined) {
      this.#missed(url);
      return [];
    }
    return [{ title: this.#format(title, this.#values).text, url: target }];
  }

  #image(url: string): { image?: string } {
    const target = formatUrl(url, this.#values);
    if (target !== undefined) return { image: target };
    this.#missed(url);
    return {};
  }

  #literal(texts: LocalizedText): { text: string; locale: Locale } {
    const { locale } = this.#context;
    return chooseText(texts, locale, this.#options.locales) ?? { text: '', locale };
  }

  #format(texts: LocalizedText, values: JsonObject): { text: string; locale: Locale } {
    const { text, locale } = this.#literal(texts);
    const options: FormatOptions = {
      locale,
      timeZone: this.#context.timeZone,
      label: (path, value) => this.#label(path, value, locale),
      onMissing: (argument) => this.#missed(argument),
    };
    return { text: this.#templates.format(text, locale, values, options), locale };
  }

  #label(path: string, value: Json, locale: Locale): string | undefined {
    const labels = this.#options.labels?.[path];
    if (!labels || typeof value !== 'string' || !Object.hasOwn(labels, value)) return undefined;
    return chooseText(labels[value] ?? {}, locale, this.#options.locales)?.text;
  }

  #missed(argument: string): void {
    this.#options.onMissing?.({ source: this.#source, locale: this.#context.locale, argument });
  }
}

function present(parts: { readonly buttons?: readonly Button[]; readonly links?: readonly Link[] }): {
  readonly buttons?: readonly Button[];
  readonly links?: readonly Link[];
} {
  return {
    ...(parts.buttons?.length ? { buttons: parts.buttons } : {}),
    ...(parts.links?.length ? { links: parts.links } : {}),
  };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
