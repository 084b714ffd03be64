/** What the rules that ship find in the captures that ship, and in real traffic: exactly this, and nothing else. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../cli/load.js';
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { link } from '../../compiler/link/link.js';
import { needs } from '../support/skip.js';
import { packetsOf, tally } from './replay.js';

const { ruleset } = loadRules(['rules']);
const code = compileModule(link(ruleset));

/** Twelve ports over IPv4 and twelve over IPv6, each once. */
const PROBES = 24;

const EXPECTED: Readonly<Record<string, { packets: number; matches: Record<string, number> }>> = {
  'nmap-null.pcap': { packets: 48, matches: { tcp_null_scan: PROBES } },
  'nmap-fin.pcap': { packets: 48, matches: { tcp_fin_scan: PROBES } },
  'nmap-xmas.pcap': { packets: 49, matches: { tcp_xmas_scan: PROBES } },
  'nmap-maimon.pcap': { packets: 49, matches: { tcp_maimon_scan: PROBES } },
  'nmap-connect.pcap': { packets: 56, matches: {} },
  'nmap-syn.pcap': { packets: 55, matches: { tcp_syn_scan: PROBES } },
  'nmap-os.pcap': {
    packets: 98,
    matches: {
      icmp_echo_code: 2,
      nmap_os_ecn: 2,
      nmap_os_t3: 6,
      nmap_os_udp: 2,
      tcp_late_options: 4,
      tcp_null_scan: 6,
      tcp_reserved_bits: 1,
      tcp_syn_fin: 6,
      tcp_syn_scan: 4,
      tcp_window_scale: 2,
      tcp_xmas_scan: 2,
    },
  },
  'web.pcap': { packets: 182, matches: { iis_cmd_exe: 2, iis_double_decode: 2 } },
  'mixed-benign.pcap': { packets: 92, matches: {} },
};

describe('a capture that ships', () => {
  it('stands in the table', () => {
    const captures = readdirSync('rules/captures').filter((name) => name.endsWith('.pcap'));
    expect(captures.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    expect(tally(ruleset, await packetsOf(`rules/captures/${name}`), code)).toEqual(expected);
  });
});

const MIXED = '../shared/captures/mixed.pcap';

/**
 * nDPI's test captures in one, 106,196 packets. Every packet that matches was looked at, by the fields that tell conversations and requests apart
 * (addresses, ports, user agents, names asked for): attacks, made-up packets, altered captures, and what a site's policy
 * is against. The comments below and at the signatures say which is which. What does not match was not looked at.
 */
describe.skipIf(needs(MIXED) !== undefined)('real traffic of several hundred protocols', () => {
  it('holds what was looked at and is explained', async () => {
    expect(tally(ruleset, await packetsOf(MIXED), code).matches).toEqual({
      // Nikto, but for one request of curl for `/.env` (web_secrets) and seven attacks on servers that are made for them (sql_schema,
      // sql_union, one of web_script_in_query).
      cisco_level: 93,
      iis_cmd_exe: 22,
      iis_double_decode: 11,
      iis_unicode_traversal: 10,
      shellshock: 62,
      php_cgi_arguments: 2,
      sql_schema: 2,
      sql_union: 6,
      struts_content_type: 3,
      web_encoded_traversal: 6,
      web_passwd: 9,
      web_scanner: 735,
      web_script_in_query: 2,
      web_secrets: 1,
      web_shell: 1,
      web_system_file: 6,
      web_traversal: 3,
      // nmap: 1,994 segments for one host, and one probe of each kind in a laboratory.
      tcp_fin_scan: 1,
      tcp_null_scan: 1,
      tcp_syn_scan: 1995,
      tcp_xmas_scan: 1,
      // By their number: the same scan by nmap, dnscat2, Nikto, a tunnel in pings.
      connection_burst: 1894,
      dns_tunnel: 33,
      http_flood: 496,
      ping_sweep: 227,
      // A question to EternalBlue's back door.
      doublepulsar: 1,
      // A segment with all flags.
      tcp_fin_rst: 1,
      tcp_full_xmas_scan: 1,
      tcp_syn_fin: 1,
      tcp_syn_rst: 1,
      tcp_urgent_nothing: 1,
      // Honest traffic whose addresses were replaced by random ones, after it was recorded.
      group_source: 52,
      loopback_destination: 1,
      loopback_on_wire: 1,
      reserved_address: 218,
      // The same scan by nmap, from inside to outside, which these know by the port alone.
      irc_leaves: 8,
      jndi_leaves: 4,
      smb_leaves: 4,
      // What the names say, which some sites permit: SIP in GRE, miners, Teredo.
      gre_enters: 1,
      miner_leaves: 3,
      teredo_leaves: 15,
      // Honest packets whose data was cut out of the capture.
      ipv4_header_malformed: 6,
    });
  });
});
