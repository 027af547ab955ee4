import { z } from '@hono/zod-openapi';
import { factsSchema, payloadSchema } from '../payload-schema.ts';

const locale = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}$/, 'must be a language tag such as en or zh-TW')
  .openapi({ example: 'en' });

export const conversationId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, 'is not the id of a conversation')
  .openapi({ param: { name: 'id', in: 'path' }, example: '6f1d2a9c-0b1e-4f57-9f0a-3c2b1a0d9e8f' });

export const messageSchema = z
  .object({
    id: z.string().openapi({
      description: 'Unique in the conversation; a person’s own message has its message_id.',
      example: 't2.0',
    }),
    role: z.enum(['bot', 'user']),
    text: z.string().openapi({ description: 'Plain text; nothing in it is markup.' }),
    locale: z.string().optional(),
    at: z.number().int().openapi({ description: 'Epoch milliseconds.' }),
    buttons: z.array(z.object({ title: z.string(), payload: payloadSchema })).optional(),
    links: z.array(z.object({ title: z.string(), url: z.string() })).optional(),
    image: z.string().optional(),
  })
  .openapi('Message');

export const cursor = z.string().openapi({
  description: 'How far the conversation was read; resume the event stream from here with Last-Event-ID.',
  example: '42',
});

export const createRequest = z
  .strictObject({
    locale: locale.optional(),
    user_token: z.string().max(4_096).optional().openapi({
      description: 'A JWT (HS256) signed by the shop; its claim `user` becomes `user.*`.',
    }),
    // Made where zod has no `openapi`.
    context: factsSchema
      .optional()
      .meta({ description: 'Untrusted facts of the page, read as `context.*`.' }),
  })
  .openapi('NewConversation');

export const createResponse = z
  .object({
    id: z.string(),
    token: z
      .string()
      .openapi({ description: 'Opens this conversation and no other; send it as a bearer token.' }),
    messages: z.array(messageSchema),
    cursor,
  })
  .openapi('CreatedConversation');

export const sendRequest = z
  .strictObject({
    text: z.string().min(1).optional(),
    payload: payloadSchema.optional(),
    title: z
      .string()
      .max(200)
      .optional()
      .openapi({ description: 'The pressed button’s title, for the history.' }),
    message_id: z
      .string()
      .regex(/^[\w.:-]{1,100}$/, 'must be 1 to 100 letters, digits, dots, colons, hyphens or underscores')
      .optional()
      .openapi({ description: 'The same id again gives the same answer and no second turn.' }),
  })
  .refine(({ text, payload: pressed }) => (text === undefined) !== (pressed === undefined), {
    message: 'must have either text or payload',
  })
  .openapi('NewMessage', { anyOf: [{ required: ['text'] }, { required: ['payload'] }] });

export const sendResponse = z.object({ messages: z.array(messageSchema), cursor }).openapi('Reply');

export const historyResponse = z
  .object({
    id: z.string(),
    status: z.enum(['bot', 'person']).openapi({ description: 'Who answers now.' }),
    messages: z.array(messageSchema),
    cursor,
  })
  .openapi('Conversation');

export const acceptedResponse = z.object({ accepted: z.number().int() }).openapi('Accepted');

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem');

export type ApiMessage = z.output<typeof messageSchema>;
