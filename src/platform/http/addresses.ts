import { BlockList, isIP, isIPv6 } from 'node:net';

/** Which network addresses a request to an address of somebody's choice may reach. */
export type Reachable = (address: string) => boolean;

/**
 * IPv4 that is not the public internet (RFC 6890 and its successors): ourselves, private networks, carriers' NAT,
 * link-local with the clouds' metadata address (169.254.169.254), test nets, multicast, reserved, broadcast.
 */
const innerFour = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Azure's platform address, public by number, inner by use.
  '168.63.129.16/32',
];
/** Of IPv6 only global unicast is public, without what is special in it: protocol assignments, Teredo, 6to4, documentation. */
const publicSix = ['2000::/3'];
const innerSix = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const inner = listOf([...innerFour, ...innerSix]);
const outer = listOf(publicSix);

/**
 * Public addresses, and those an operator allows beside them.
 * @param allowed addresses and networks in CIDR notation
 */
export function reachable(allowed: readonly string[]): Reachable {
  const extra = listOf(allowed);
  return (address) => {
    const plain = unmapped(address);
    const family = isIP(plain);
    if (family === 0) return false;
    if (holds(extra, plain)) return true;
    return family === 4 ? !holds(inner, plain) : holds(outer, plain) && !holds(inner, plain);
  };
}

/** Whether the operator named this address; it may then listen on any port. */
export function named(allowed: readonly string[]): Reachable {
  const list = listOf(allowed);
  return (address) => isIP(unmapped(address)) !== 0 && holds(list, unmapped(address));
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** An IPv4 address in IPv6 clothes is judged as what it is; a zone (`fe80::1%eth0`) is left out. */
function unmapped(address: string): string {
  const bare = address.split('%')[0]!;
  if (!isIPv6(bare)) return bare;
  // The URL parser writes every spelling of an address in one way: ::ffff:127.0.0.1 becomes ::ffff:7f00:1.
  const canonical = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!mapped) return canonical;
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const six = isIPv6(address);
    list.addSubnet(address, bits === undefined ? (six ? 128 : 32) : Number(bits), six ? 'ipv6' : 'ipv4');
  }
  return list;
}
