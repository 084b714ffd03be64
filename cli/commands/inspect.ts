import { type Command, Option } from 'commander';
import { decodeArtefact, manifestIn } from '../../compiler/artefact/artefact.js';
import { type FoundSection, unpackSections } from '../../compiler/artefact/container.js';
import type { Manifest } from '../../compiler/artefact/manifest.js';
import { SEVERITIES } from '../../compiler/ruleset.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { column, printable, table } from '../../runtime/output/text.js';
import { readSignatures } from '../../compiler/artefact/signatures.js';
import { keyName } from '../keys.js';
import { sha256 } from '../../runtime/sha256.js';
import { readArtefact } from '../load-artefact.js';
import { diagnosticToJson, type Paint, painter, plural } from '../render.js';
import { isOwn } from '../trust.js';
import { printDiagnostics } from './check.js';

interface InspectOptions {
  readonly format: 'text' | 'json';
}

/** Declares `sigward inspect`; `done` gets its exit status. */
export function addInspect(program: Command, done: (status: number) => void): void {
  program
    .command('inspect')
    .description('say what is in a file that `sigward compile` wrote, and whether it is intact')
    .argument('<file>', 'a .sigc file')
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .action((path: string, options: InspectOptions) => {
      done(inspectCommand(path, options));
    });
}

/** What is known of a file. */
interface Inspection {
  readonly path: string;
  readonly manifest: Manifest | undefined;
  readonly sections: readonly FoundSection[];
  readonly signers: readonly Signer[];
  /** Why it is not as it was written. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Who says to have signed it. */
interface Signer {
  readonly name: string;
  readonly isOwn: boolean;
}

/** `sigward inspect FILE`: exit status 1 where the file is not as it was written. */
function inspectCommand(path: string, { format }: InspectOptions): number {
  const bytes = readArtefact(path);
  const { value: sections } = unpackSections(bytes, path, sha256);
  const decoded = decodeArtefact(bytes, path, sha256);
  const { value: signed, diagnostics: unreadable } = readSignatures(sections, path, sha256);
  const { signatures = [], message = new Uint8Array() } = signed ?? {};
  const signers = signatures.map((one) => ({ name: keyName(one.key), isOwn: isOwn(one, message) }));
  const diagnostics = [...decoded.diagnostics, ...unreadable];
  const inspection = { path, manifest: manifestIn(sections, path), sections, signers, diagnostics };
  if (format === 'json') process.stdout.write(`${JSON.stringify(toJson(inspection), undefined, 2)}\n`);
  else print(inspection);
  return diagnostics.length > 0 ? 1 : 0;
}

function toJson({ path, manifest, sections, signers, diagnostics }: Inspection): Record<string, unknown> {
  return {
    file: path,
    intact: diagnostics.length === 0,
    diagnostics: diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, new Map())),
    sections: sections.map(({ name, offset, bytes, sha256: hash, isIntact }) => {
      return { name, offset, bytes: bytes.length, sha256: hash, intact: isIntact };
    }),
    signatures: signers.map(({ name, isOwn: fits }) => ({ by: name, fits })),
    ...(manifest && { manifest }),
  };
}

function print(inspection: Inspection): void {
  const { path, manifest, sections, signers, diagnostics } = inspection;
  const paint = painter(process.stdout);
  const parts = [
    ...(manifest ? [aboutManifest(manifest, paint)] : []),
    ...(sections.length > 0 ? [aboutSections(sections)] : []),
    ...(manifest ? [aboutSources(manifest, paint)] : []),
    ...(signers.length > 0 ? [aboutSigners(signers)] : []),
    ...(diagnostics.length === 0 ? [`${path} is intact\n`] : []),
  ];
  process.stdout.write(parts.join('\n'));
  printDiagnostics({ diagnostics, texts: new Map() });
}

function aboutManifest({ format, language, sigward, ruleset, signatures }: Manifest, paint: Paint): string {
  const counts = SEVERITIES.map((severity) => {
    return { severity, count: signatures.filter((s) => s.severity === severity).length };
  });
  const bySeverity = counts.filter(({ count }) => count > 0).map(({ severity, count }) => `${count} ${severity}`);
  const detail = bySeverity.length > 0 ? `: ${bySeverity.join(', ')}` : '';
  return [
    `${paint('bold', plural(signatures.length, 'signature'))}${detail}`,
    `format ${format}, language ${language}, compiled by sigward ${printable(sigward)}`,
    `ruleset ${printable(ruleset)}`,
    '',
  ].join('\n');
}

function aboutSections(sections: readonly FoundSection[]): string {
  const columns = [
    column('section', 'left', sections.map(({ name }) => printable(name))),
    column('begins', 'right', sections.map(({ offset }) => String(offset))),
    column('bytes', 'right', sections.map(({ bytes }) => String(bytes.length))),
    column('SHA-256', 'left', sections.map(({ sha256: hash, isIntact }) => (isIntact ? hash : `${hash} altered`))),
  ]; // prettier-ignore
  return `${table(columns, Infinity)}\n`;
}

function aboutSources({ sources }: Manifest, paint: Paint): string {
  const rows = sources.map(({ name, sha256: hash }) => `${printable(hash)}  ${printable(name)}\n`);
  return `${paint('bold', plural(sources.length, 'source'))}\n${rows.join('')}`;
}

function aboutSigners(signers: readonly Signer[]): string {
  return signers
    .map(({ name, isOwn: fits }) => (fits ? `signed by ${name}\n` : `a signature by ${name} is not over this file\n`))
    .join('');
}
