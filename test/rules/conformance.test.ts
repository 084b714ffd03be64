/**
 * What the rules that ship find in Suricata's test captures: in how many of them each signature matches, and why. Most of the captures hold
 * honest traffic, so that a rule that is too wide shows here.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../cli/load.js';
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { link } from '../../compiler/link/link.js';
import { needs } from '../support/skip.js';
import { packetsOf, tally } from './replay.js';

const CAPTURES = '../shared/conformance/suricata-verify';

/** A capture that cannot be read to its end. */
const DAMAGED = 'tests/bug-1450-04/tls_DER-incomplete-header.pcap';

/** Every packet that matches was looked at, but for the flood of pings, whose packets are all alike. */
const EXPECTED: Readonly<Record<string, number>> = {
  // Attacks, as their names say: a key of zeros for a domain controller, a file of passwords, Nikto, a flood of pings.
  icmp_flood: 1,
  ping_sweep: 1,
  web_passwd: 2,
  web_scanner: 2,
  web_traversal: 2,
  zerologon: 1,
  // nmap among Windows' packets, before it asks an industrial controller for its name.
  tcp_syn_scan: 1,
  // IPv6 fragments and chains of headers that are made to be misread.
  fragment_not_of_eights: 2,
  icmp_header_malformed: 1,
  ipv6_atomic_fragment: 4,
  ipv6_ping_of_death: 1,
  too_many_headers: 2,
  // Packets that a program made up or damaged, to test a decoder.
  ip_protocol_scan: 1,
  ipv4_options_malformed: 1,
  ipv6_mapped_address: 2,
  loopback_on_wire: 1,
  tcp_fin_rst: 1,
  tcp_full_xmas_scan: 1,
  tcp_header_malformed: 3,
  tcp_null_scan: 1,
  tcp_options_malformed: 1,
  tcp_port_zero: 1,
  tcp_syn_data: 5,
  tcp_syn_fin: 1,
  tcp_syn_rst: 1,
  tcp_urgent_nothing: 1,
  ttl_zero: 2,
  udp_header_malformed: 1,
  // Windows' file sharing, to an address outside; the only honest packets that are dropped, as the rule has it.
  smb_leaves: 1,
  // Logged only, for a site to judge: PostgreSQL from outside, LDAP to the outside, PsExec, libssh, pings without
  // data, and the page that answers as root's shell would, by which such systems are tried out.
  database_enters: 1,
  icmp_empty_ping: 2,
  jndi_leaves: 1,
  psexec_service: 1,
  root_shell_answer: 10,
  ssh_tool: 1,
};

describe.skipIf(needs(CAPTURES) !== undefined)("Suricata's test captures", () => {
  it('hold what was looked at and is explained', async () => {
    const { ruleset } = loadRules(['rules']);
    const code = compileModule(link(ruleset));
    const names = readdirSync(CAPTURES, { recursive: true, encoding: 'utf8' });
    const captures = names.filter((name) => /\.pcap(?:ng)?$/.test(name) && name !== DAMAGED);
    expect(captures.length).toBeGreaterThan(300);
    const found: Record<string, number> = {};
    for (const capture of captures) {
      const { matches } = tally(ruleset, await packetsOf(join(CAPTURES, capture)), code);
      for (const name of Object.keys(matches)) found[name] = (found[name] ?? 0) + 1;
    }
    expect(found).toEqual(EXPECTED);
  });
});
