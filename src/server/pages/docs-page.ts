import { html } from 'hono/html';
import { pageHead } from './page-head.ts';

type Page = ReturnType<typeof html>;

interface OpenApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths?: Readonly<Record<string, unknown>> | undefined;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> } | undefined;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: unknown }>> };
  readonly responses?: Readonly<
    Record<
      string,
      {
        readonly description?: string;
        readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>;
      }
    >
  >;
}

/** The API's description for people to read; made from the OpenAPI document, so that it cannot say anything else. */
export function docsPage(document: OpenApiDocument): Page {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        ${pageHead(document.info.title)}
      </head>
      <body class="docs">
        <main>
          <h1>${document.info.title}</h1>
          <p>
            Version ${document.info.version}. ${document.info.description ?? ''} The machine-readable form is
            <a href="/openapi.json">/openapi.json</a>.
          </p>
          <nav aria-label="Operations">
            <ul>
              ${operations.map(
                ({ path, method, operation }) =>
                  html`<li>
                    <a href="#${anchor(method, path)}"><code>${method.toUpperCase()} ${path}</code></a>
                    ${operation.summary ?? ''}
                  </li>`,
              )}
            </ul>
          </nav>
          ${operations.map(({ path, method, operation }) => operationSection(path, method, operation))}
          <h2>Schemas</h2>
          ${Object.entries(document.components?.schemas ?? {}).map(
            ([name, schema]) =>
              html`<section id="schema-${name}">
                <h3>${name}</h3>
                ${code(schema)}
              </section>`,
          )}
        </main>
      </body>
    </html>`;
}

function operationSection(path: string, method: string, operation: Operation): Page {
  const [body] = Object.values(operation.requestBody?.content ?? {});
  const token = Object.keys(operation.security?.[0] ?? {})[0];
  return html`<section id="${anchor(method, path)}">
    <h2><code>${method.toUpperCase()} ${path}</code></h2>
    <p><strong>${operation.summary ?? ''}.</strong> ${operation.description ?? ''}</p>
    ${
      token === undefined
        ? ''
        : html`<p>
            Needs <code>Authorization: Bearer …</code> with the
            ${token === 'operatorToken' ? "operator's token" : "conversation's token"}.
          </p>`
    }
    ${
      operation.parameters?.length
        ? html`<ul>
            ${operation.parameters.map(
              (parameter) =>
                html`<li>
                  <code>${parameter.name}</code> (${parameter.in}${parameter.required ? ', required' : ''})
                  ${parameter.description ?? ''}
                </li>`,
            )}
          </ul>`
        : ''
    }
    ${
      body?.schema === undefined
        ? ''
        : html`<h3>Body</h3>
            ${code(body.schema)}`
    }
    <h3>Responses</h3>
    <ul>
      ${Object.entries(operation.responses ?? {}).map(([status, response]) => {
        const [content] = Object.values(response.content ?? {});
        return html`<li>
          <code>${status}</code> ${response.description ?? ''} ${reference(content?.schema)}
        </li>`;
      })}
    </ul>
  </section>`;
}

function reference(schema: unknown): Page | string {
  const name = /^#\/components\/schemas\/(.+)$/.exec(
    (schema as { $ref?: string } | undefined)?.$ref ?? '',
  )?.[1];
  return name === undefined ? '' : html`<a href="#schema-${name}">${name}</a>`;
}

function code(schema: unknown): Page {
  const link = reference(schema);
  return link === ''
    ? html`<pre tabindex="0"><code>${JSON.stringify(schema, null, 2)}</code></pre>`
    : html`<p>${link}</p>`;
}

function anchor(method: string, path: string): string {
  return `${method}-${path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}`;
}
