import { isIP } from 'node:net';
import { z } from 'zod';

/** `usher.yml` and the environment, read once and frozen. Durations are milliseconds. */
export type Config = z.output<typeof configSchema>;

const durationUnits = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const duration = z
  .string()
  .regex(/^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/, 'must be a duration such as 500ms, 10s, 5m, 12h or 30d')
  .transform((text) => {
    const unit = (/[a-z]+$/.exec(text)?.[0] ?? 'ms') as keyof typeof durationUnits;
    return Number.parseFloat(text) * durationUnits[unit];
  });

const dayRange = /^(?:mon|tue|wed|thu|fri|sat|sun)(?:-(?:mon|tue|wed|thu|fri|sat|sun))?$/;

const stretch = z
  .string()
  .regex(
    /^(?:[01]?\d|2[0-3]):[0-5]\d-(?:(?:[01]?\d|2[0-3]):[0-5]\d|24:00)$/,
    'must be a stretch of the day, such as 9:00-18:00',
  );

const locale = z.string().refine((tag) => isLocale(tag), 'must be a language tag such as en, zh or pt-BR');

const timeZone = z
  .string()
  .refine((zone) => isTimeZone(zone), 'must be an IANA time zone such as Europe/Paris or Asia/Shanghai');

const encoderSchema = z.union([
  z.string().min(1),
  z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    model: z.string().min(1),
    api_key: z.string().optional(),
  }),
]);

const count = (most: number) => z.int().min(1).max(most);

/** What one client, and all of them, may ask of the server; counted in each process. */
const serverLimits = z.strictObject({
  /** Largest body of a request, in bytes. */
  body: z.int().min(1024).max(16_777_216).default(65_536),
  /** Requests a minute from one address. */
  requests_per_address: count(1e9).default(1_200),
  /** New conversations a minute from one address. */
  conversations_per_address: count(1e9).default(60),
  /** Messages a minute in one conversation. */
  messages_per_conversation: count(1e9).default(60),
  /** Event streams open at once. */
  streams: count(1_000_000).default(5_000),
  streams_per_address: count(1_000_000).default(100),
  streams_per_conversation: count(1_000_000).default(8),
});

export const configSchema = z.strictObject({
  /** The bot's own name; what it calls itself. */
  name: z.string().min(1).default('Usher'),
  locales: z.array(locale).min(1).default(['en']),
  default_locale: locale.optional(),
  time_zone: timeZone.default('UTC'),
  understanding: z
    .strictObject({
      /** What acting wrongly costs, where asking once more costs 1. */
      wrong_cost: z.number().positive().max(1000).default(0.8),
      encoder: encoderSchema.default('bundled'),
      seed: z.int().nonnegative().default(1),
      /** Largest loss of accuracy against the promoted model that `train` promotes without `--force`, 0 to 1. */
      allowed_loss: z.number().min(0).max(1).default(0.02),
    })
    .prefault({}),
  generation: z
    .strictObject({
      answers: z.enum(['extractive', 'off']).default('extractive'),
      free_replies: z.boolean().default(false),
      openai: z
        .strictObject({
          base_url: z.url({ protocol: /^https?$/ }).default('https://api.openai.com/v1'),
          model: z.string().min(1),
          timeout: duration.default(10_000),
          retries: z.int().min(0).max(5).default(1),
          max_tokens: z.int().min(16).max(4096).default(400),
          temperature: z.number().min(0).max(2).default(0.3),
          api_key: z.string().min(1).optional(),
        })
        .optional(),
      /** What the writer of free replies must know: tone, facts, limits. */
      instructions: z.string().max(4000).default(''),
    })
    .prefault({}),
  store: z
    .strictObject({
      /** A file; relative to the state folder. */
      path: z.string().min(1).default('store.sqlite'),
      /** `full` survives a power cut; `normal` may lose the last moments in one. */
      synchronous: z.enum(['full', 'normal']).default('full'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      /** Longest message that is understood, in UTF-16 code units. */
      message: z.int().min(100).max(100_000).default(4000),
    })
    .prefault({}),
  handover: z
    .strictObject({
      /** After this long without a word from a person, the bot takes the conversation back. */
      timeout: duration.default(12 * 3_600_000),
      /** When people are there, in the bot's time zone; absent = always. */
      hours: z
        .record(
          z.string().regex(dayRange, 'must be a day or days, such as sat or mon-fri'),
          z.union([stretch, z.array(stretch).min(1)]),
        )
        .refine((week) => Object.keys(week).length > 0, 'must name at least one day')
        .optional(),
    })
    .prefault({}),
  silence: z
    .strictObject({
      /** After this long without an answer the bot asks whether the person is still there; absent = never. */
      nudge: duration.optional(),
      /** After this long, counted from the nudge, the task is given up; absent = never. */
      expire: duration.optional(),
    })
    .prefault({}),
  privacy: z
    .strictObject({
      /** Conversations without a message for this long are deleted; absent = kept. */
      retention: duration.optional(),
    })
    .prefault({}),
  server: z
    .strictObject({
      port: z.int().min(0).max(65_535).default(3000),
      host: z.string().default('127.0.0.1'),
      allowed_origins: z
        .array(
          z
            .string()
            .regex(
              /^(?:\*|[a-z][a-z\d+.-]*:\/\/[^\s/?#A-Z]+)$/,
              'must be an origin such as https://www.shop.example, in lower case and without a path or a slash at its end',
            ),
        )
        .default([]),
      allowed_hosts: z
        .array(
          z
            .string()
            .regex(
              /^(?:\*|[^\s/:?#A-Z]+|\[[\da-f:.]+\])$/,
              'must be a host name such as chat.shop.example, in lower case and without a scheme or a port',
            ),
        )
        .default([]),
      /** Proxies, as addresses or networks (`10.0.0.0/8`), whose `X-Forwarded-For` says who asks. */
      trust_proxy: z
        .array(
          z
            .string()
            .refine(isNetwork, 'must be an address such as 10.0.0.7, or a network such as 10.0.0.0/8'),
        )
        .default([]),
      limits: serverLimits.prefault({}),
      /** HS256 secret of signed user tokens. */
      user_token_secret: z.string().min(16).optional(),
      /** Lets an operator release conversations and look inside. */
      operator_token: z.string().min(16).optional(),
    })
    .prefault({}),
  channels: z
    .strictObject({
      webhook: z
        .strictObject({ secret: z.string().min(16), reply_url: z.url({ protocol: /^https?$/ }) })
        .optional(),
    })
    .prefault({}),
});

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(zone: string): boolean {
  // The list is ready; a formatter, which knows older names too, takes 20 ms to make.
  if (Intl.supportedValuesOf('timeZone').includes(zone)) return true;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
