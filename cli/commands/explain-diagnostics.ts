/** What keeps a packet or a tree from being explained: E15xx, W15xx. */
import { error, warning } from '../../grammar/diagnostic.js';

export const noSuchPacket = error<{ name: string; number: number; packets: number }>(
  'E1501',
  'no such packet',
  ({ name, number, packets }) =>
    `\`${name}\` has ${packets === 1 ? '1 packet' : `${packets} packets`}, so there is no packet ${number}`,
  ({ packets }) => (packets > 0 ? `packets are counted from 1 to ${packets}` : undefined),
);

export const notPacketBytes = error<{ found: string }>(
  'E1502',
  'bytes of a packet that cannot be read',
  ({ found }) => `\`${found}\` is not hexadecimal, expected two digits for each byte`,
  () => 'white space and colons between the bytes are left out: `--hex "45 00 00 1c"`',
);

export const noSuchSignature = error<{ name: string; near: string | undefined }>(
  'E1503',
  'no such signature',
  ({ name }) => `no signature is called \`${name}\``,
  ({ near }) => near ?? '`sigward explain RULES` lists them',
);

export const notRepeatable = error<{ path: string; line: number | undefined; why: string; help: string | undefined }>(
  'E1504',
  'alert that cannot be repeated',
  ({ path, line, why }) => `${line === undefined ? '' : `line ${line} of `}\`${path}\` ${why}`,
  ({ help }) => help,
);

export const noPictures = error<{ install: string }>(
  'E1505',
  'pictures cannot be drawn',
  () => 'drawing SVG needs the package `@viz-js/viz`, which is not installed',
  ({ install }) => `install it by \`${install}\`, or draw what \`--format dot\` gives by \`dot -Tsvg\``,
);

export const otherRuleset = warning<{ path: string; line: number }>(
  'W1501',
  'alert of another ruleset',
  ({ path, line }) => `line ${line} of \`${path}\` was written by another ruleset than this one`,
  () => 'what is explained is what these rules say now, and not why that alert was written',
);
