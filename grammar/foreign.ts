/**
 * What ends in `.sig` and is something else: Standard ML's and Zeek's files share the ending, detached signatures have it, and
 * people hand over the rules that they have. Command line, language server and the editors' extensions ask here. Every pattern takes time that is
 * linear in the text: it begins at the beginning of a line and runs over no line end that a later attempt runs over again.
 */

/** A language that others have, and editors may know. */
export type ForeignLanguage =
  'sml' | 'zeek' | 'lprolog' | 'suricata' | 'yara' | 'nftables' | 'iptables' | 'detached-signature';

export interface Foreign {
  readonly language: ForeignLanguage;
  /** With its article, for sentences. */
  readonly what: string;
  /** The line that gives it away. */
  readonly start: number;
  readonly end: number;
}

interface Trait {
  readonly language: ForeignLanguage;
  readonly what: string;
  /** Begins at a line's beginning. */
  readonly pattern: RegExp;
  /** What the line must be, beyond the pattern. */
  readonly holds?: (line: string) => boolean;
}

const ZEEK_CONDITIONS =
  'ip-proto|src-ip|dst-ip|src-port|dst-port|header\\s+\\w+\\s*\\[|payload(?:-size|\\s*/)|http-\\w|ftp\\s*/|finger\\s*/|file-\\w|requires-|same-ip|tcp-state|udp-state|eval\\s|event\\s*"|enable\\s*"';

const TRAITS: readonly Trait[] = [
  {
    language: 'suricata',
    what: 'a Suricata or Snort rule',
    pattern: /^[ \t]*(?:alert|drop|reject|pass|log|sdrop|rejectsrc|rejectdst|rejectboth)[ \t]+\w+[ \t]+\S/gm,
    holds: hasDirection,
  },
  {
    language: 'yara',
    what: 'a YARA rule',
    pattern:
      /^[ \t]*(?:(?:private|global)[ \t]+)*rule[ \t]+\w+[ \t]*(?::[\w \t]*)?\r?\n?[ \t]*\{\s*(?:meta|strings|condition)\s*:/gm,
  },
  {
    language: 'nftables',
    what: 'an nftables script',
    pattern: /^#![^\n]*\bnft\b|^[ \t]*(?:add[ \t]+)?table[ \t]+(?:(?:inet|ip6?|arp|bridge|netdev)[ \t]+)?\w+[ \t]*\{/gm,
  },
  {
    language: 'nftables',
    what: 'an nftables script',
    pattern: /^(?:nft[ \t]+)?(?:add|insert)[ \t]+(?:rule|table|chain)[ \t]/gm,
  },
  {
    language: 'iptables',
    what: 'a list of iptables rules',
    pattern:
      /^\*(?:filter|nat|mangle|raw|security)[ \t]*\r?$|^(?:ip6?tables[ \t](?:[^\n]*[ \t])?)?-[AIP][ \t]+(?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)\b/gm,
  },
  {
    language: 'sml',
    what: 'a Standard ML signature',
    pattern:
      /^[ \t]*(?:signature|structure|funsig)[ \t]+[A-Za-z][\w']*\s*(?::>?\s*[\w'.]+\s*)?=\s*(?:sig\b|struct\b|\(\*|[A-Z]\w*\s+where\b)/gm,
  },
  {
    language: 'zeek',
    what: 'a Zeek signature',
    pattern: new RegExp(
      `^@load-sigs\\b|^[ \\t]*signature[ \\t]+[\\w-]+\\s*\\{(?:\\s|#[^\\n]*\\n)*(?:${ZEEK_CONDITIONS})`,
      'gm',
    ),
  },
];

/** Says a text's language by its first words. */
const BEGINNINGS: readonly Omit<Trait, 'holds'>[] = [
  { language: 'sml', what: 'a Standard ML signature', pattern: /^\(\*/ },
  { language: 'lprolog', what: 'a λProlog signature', pattern: /^(?:%[^\n]*\n\s*)*sig[ \t]+\w+[ \t]*\./ },
  {
    language: 'detached-signature',
    what: 'the signature of another file',
    pattern: /^(?:-----BEGIN [A-Z0-9 ]+-----|untrusted comment:)|^[A-Za-z\d+/]{64,}={0,2}\s*$/,
  },
];

/** Which other language a text is in, if that is certain; a text that may still become rules is in none. */
export function foreignLanguage(text: string): Foreign | undefined {
  const first = text.search(/[^\s\uFEFF]/);
  if (first < 0) return undefined;
  const body = text.slice(first);
  for (const { language, what, pattern } of BEGINNINGS) {
    if (pattern.test(body)) return { language, what, ...lineFrom(text, first) };
  }
  for (const { language, what, pattern, holds } of TRAITS) {
    for (const found of body.matchAll(pattern)) {
      const line = lineFrom(text, first + found.index + found[0].search(/\S/));
      if (holds?.(text.slice(line.start, line.end)) ?? true) return { language, what, ...line };
    }
  }
  return undefined;
}

function lineFrom(text: string, start: number): { readonly start: number; readonly end: number } {
  const end = text.indexOf('\n', start);
  return { start, end: end < 0 ? text.length : end };
}

/** `… -> … (`: Suricata's rules say a direction, then their options. */
function hasDirection(line: string): boolean {
  const direction = line.search(/->|<>|<-/);
  return direction >= 0 && line.includes('(', direction);
}
