/** The kernel's sets of networks (`ipset`), of which iptables rules ask whether an address is in them. */
import type { Outcome } from './iptables.js';
import { FAMILIES, type Family, type Networks } from './networks.js';

/** Runs `ipset` with what it reads from its standard input. */
export type RunIpset = (args: readonly string[], input?: string) => Outcome;

/** The set of a version of IP; `marker` says whose it is (`ownMarker`). */
export function setName(marker: string, family: Family): string {
  return `${marker}-${family === 'ipv4' ? 4 : 6}`;
}

/**
 * Gives the sets these networks, and makes them where they are not there: a packet finds the old networks or the new ones, and never some of
 * them.
 */
export function fillSets(marker: string, networks: Networks, run: RunIpset): Outcome {
  return run(['-exist', 'restore'], FAMILIES.map((family) => script(marker, family, networks[family])).join(''));
}

/** Takes the sets away; no rule may ask of them any more. */
export function destroySets(marker: string, run: RunIpset): void {
  for (const family of FAMILIES) {
    const name = setName(marker, family);
    for (const one of [name, filling(name)]) run(['destroy', one]);
  }
}

/** Takes away the sets of a Sigward that no longer runs, once its rules are gone. */
export function destroyStaleSets(stale: (marker: string) => boolean, run: RunIpset): void {
  const listed = run(['list', '-name']);
  if (listed.kind !== 'done') return;
  for (const name of listed.output.split('\n')) {
    const marker = /^(.+)-[46]f?$/.exec(name)?.[1];
    if (marker !== undefined && stale(marker)) run(['destroy', name]);
  }
}

/** Networks in one set; the kernel's own bound is sixteen times lower. It takes memory only for those that are there. */
const MOST_NETWORKS = 1 << 20;

function script(marker: string, family: Family, prefixes: readonly string[]): string {
  const name = setName(marker, family);
  const next = filling(name);
  // A set can only be made once more where it is made alike.
  const kind = `hash:net family ${family === 'ipv4' ? 'inet' : 'inet6'} maxelem ${MOST_NETWORKS}`;
  const lines = [
    `create ${name} ${kind}`,
    // One that was left half full must not be added to.
    `create ${next} ${kind}`,
    `flush ${next}`,
    ...prefixes.map((prefix) => `add ${next} ${prefix}`),
    `swap ${next} ${name}`,
    `destroy ${next}`,
  ];
  return `${lines.join('\n')}\n`;
}

function filling(name: string): string {
  return `${name}f`;
}
