import { BlockList, isIP, SocketAddress } from 'node:net';

/**
 * Tells who asks, for the limits that hold for each address.
 *
 * `X-Forwarded-For` is read from its right end, where each trusted proxy put whom it answers: what a client writes
 * into the header itself stands further left, and is never reached.
 *
 * @param trusted - Addresses and networks of proxies.
 * @returns Of an IPv6 address the network of 64 bits: one client has all of it.
 */
export function createClientAddress(
  trusted: readonly string[],
): (peer: string, forwardedFor: string | null) => string {
  if (trusted.length === 0) return (peer) => countedAs(withoutMapping(peer));
  const proxies = new BlockList();
  for (const network of trusted) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, Number(bits), family);
  }
  const isProxy = (address: string): boolean =>
    isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  return (peer, forwardedFor) => {
    let client = withoutMapping(peer);
    const hops = forwardedFor === null ? [] : forwardedFor.split(',');
    while (isProxy(client)) {
      const hop = withoutMapping(hops.pop()?.trim() ?? '');
      if (isIP(hop) === 0) break;
      client = hop;
    }
    return countedAs(client);
  };
}

/** Whether a request comes from this machine itself, and not through a proxy on it. */
export function isFromHere(peer: string, forwardedFor: string | null): boolean {
  const address = withoutMapping(peer);
  return forwardedFor === null && (address === '::1' || (isIP(address) === 4 && address.startsWith('127.')));
}

/** A socket that takes both families shows IPv4 as `::ffff:192.0.2.1`. */
function withoutMapping(address: string): string {
  const plain = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  return plain !== undefined && isIP(plain) === 4 ? plain : address;
}

/** An address of IPv6 counts as its network of 64 bits. */
function countedAs(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = new SocketAddress({ address, family: 'ipv6' }).address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length;
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ?? '').split(':')];
  return `${all.slice(0, 4).join(':')}::/64`;
}
