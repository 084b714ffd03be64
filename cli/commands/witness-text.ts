/** Witnesses for people: as a test would build them, and byte by byte. */
import type { Named } from '../../compiler/explain/requirement-text.js';
import type { Words } from '../../compiler/explain/words.js';
import type { Layout } from '../../compiler/logic/layout.js';
import { packetText } from '../../compiler/witness/packet-text.js';
import type { Signature } from '../../compiler/ruleset.js';
import type { Miss } from '../../compiler/witness/signature.js';
import type { Witness } from '../../compiler/witness/witness.js';
import type { Span } from '../../grammar/diagnostic.js';
import { printable } from '../../runtime/output/text.js';
import type { Paint } from '../render.js';
import { partText } from './witness-parts.js';
import type { Shown } from './witness-shown.js';

interface Context {
  readonly words: Words;
  readonly rules: Named;
  readonly layouts: readonly Layout[];
  readonly paint: Paint;
  readonly lineOf: (span: Span) => number;
}

/** One signature: its witness, then its near misses. */
export function witnessText({ signature, evidence }: Shown, context: Context): string {
  const { paint, lineOf } = context;
  const { name, id, span } = signature;
  const module = context.rules.modules[signature.module ?? -1];
  const home = module ? ` in module ${module.name}` : '';
  const head = `${paint('bold', name)}${id === 0 ? '' : ` (${id})`}${home} ${paint('dim', `${span.file}:${lineOf(span)}`)}`;
  const { witness, packets, misses } = evidence;
  const isDisabled = context.rules.policy?.disabled.includes(context.rules.signatures.indexOf(signature));
  const none = isDisabled
    ? `no packet matches it: the policy ${context.rules.policy?.name ?? ''} disables it`
    : evidence.isNone
      ? 'no packet matches it: that is proved'
      : 'no packet was found that it matches';
  if (!witness) return `${head}\n\n  ${paint('yellow', none)}\n`;
  const times = packets > 1 ? `matches the last of ${packets} of these at the same time` : 'matches';
  const fewer =
    packets > 1 ? [block(`does not match: one packet fewer, ${packets - 1} of them`, undefined, context)] : [];
  const near = misses.map((miss) => missText(miss, signature, context));
  return [head, block(paint('green', times), witness, context), ...fewer, ...near].join('\n\n') + '\n';
}

function missText(miss: Miss, signature: Signature, context: Context): string {
  const { paint, words, rules } = context;
  const text = partText(miss, signature, words, rules);
  if (miss.witness) return block(`${paint('yellow', 'fails only at')} ${text}`, miss.witness, context);
  return miss.isNone
    ? `  ${paint('dim', 'none can fail only at')} ${text}: what else is asked implies it`
    : `  ${paint('yellow', 'no packet was found that fails only at')} ${text}`;
}

function block(title: string, witness: Witness | undefined, { layouts, paint }: Context): string {
  if (!witness) return `  ${title}`;
  const { packet } = witness;
  const cut = packet.wireLength > packet.bytes.length ? [`cut off: ${packet.bytes.length} of ${packet.wireLength} bytes were kept`] : []; // prettier-ignore
  const said = packetText(witness, layouts);
  const link = packet.link === RAW_IP ? '' : `link type ${packet.link}`;
  const lines = [...(said === undefined ? [] : [printable(said)]), ...cut, ...(link === '' ? [] : [link])];
  return [`  ${title}`, ...lines.map((line) => `    ${line}`), ...hexDump(packet.bytes).map((l) => `    ${paint('dim', l)}`)].join('\n'); // prettier-ignore
}

const RAW_IP = 101;
const ROW = 16;

/** Rows of sixteen bytes: where they begin, in hexadecimal, as text; rows that repeat the one before are one `*`. */
export function hexDump(bytes: Uint8Array): string[] {
  const rows = Array.from({ length: Math.ceil(bytes.length / ROW) }, (_, i) => bytes.subarray(i * ROW, (i + 1) * ROW));
  let repeated = false;
  return rows.flatMap((row, i) => {
    const isSame = i > 0 && i < rows.length - 1 && row.every((byte, at) => byte === rows[i - 1]?.[at]);
    const first = isSame && !repeated;
    repeated = isSame;
    if (isSame) return first ? ['*'] : [];
    const digits = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    return [`${(i * ROW).toString(16).padStart(4, '0')}  ${digits.padEnd(ROW * 3 - 1)}  ${text}`];
  });
}
