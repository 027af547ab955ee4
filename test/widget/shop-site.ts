import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of another origin, whose text and policy a test gives; all its addresses show it. */
export interface ShopPage extends Disposable {
  html: string;
  policy: string;
  readonly url: string;
}

export async function serveShopPage(): Promise<ShopPage> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page: ShopPage = {
    html: '',
    policy: '',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.dispose]: () => server.close(),
  };
  server.on('request', (_, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': page.policy });
    response.end(`<!doctype html><html lang="en"><title>Shop</title>${page.html}</html>`);
  });
  return page;
}
