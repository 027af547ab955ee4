/** The server, which a chat on the terminal alone does not need: a fifth of a second to load. */
export function loadServer() {
  return import('../compose-server.ts');
}
