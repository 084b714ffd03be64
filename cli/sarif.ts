/** Findings as SARIF 2.1.0 (OASIS), for code scanners and their dashboards. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ALL_LINTS } from '../compiler/lint/all.js';
import { type Lint, pageOf } from '../compiler/lint/lint.js';
import type { Diagnostic, Edit, Fix, Label, Span } from '../grammar/diagnostic.js';
import { positionOf } from '../grammar/position.js';
import { packageRoot, packageVersion } from './paths.js';
import type { Texts } from './render.js';
import { shownPath } from './rule-files.js';

/** One run with all findings; its rules are the lints and the codes that were found. */
export function sarifOf(diagnostics: readonly Diagnostic[], texts: Texts): Record<string, unknown> {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].filter(
    (code) => !ALL_LINTS.some(({ name }) => name === code),
  );
  const rules = [...ALL_LINTS.map(ruleOf), ...codes.toSorted().map((id) => ({ id }))];
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const seen = new Map<string, number>();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'sigward', version: packageVersion(), rules } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((d) => resultOf(d, index.get(d.code) ?? -1, texts, seen)),
      },
    ],
  };
}

function ruleOf({ name, summary, level }: Lint): { readonly id: string } & Record<string, unknown> {
  const page = readFileSync(join(packageRoot, pageOf(name)), 'utf8');
  return {
    id: name,
    shortDescription: { text: summary },
    help: { text: page, markdown: page },
    defaultConfiguration: level === 'off' ? { enabled: false } : { level },
  };
}

function resultOf(
  diagnostic: Diagnostic,
  ruleIndex: number,
  texts: Texts,
  seen: Map<string, number>,
): Record<string, unknown> {
  const { code, severity, message, help, labels, fixes = [] } = diagnostic;
  const [place, ...related] = labels;
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: help === undefined ? message : `${message}\n${help}` },
    ...(place && { locations: [locationOf(place, texts)] }),
    ...(related.length > 0 && {
      relatedLocations: related.map((label, i) => ({
        id: i + 1,
        ...locationOf(label, texts),
        ...(label.text !== undefined && { message: { text: label.text } }),
      })),
    }),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => fixOf(fix, texts)) }),
    partialFingerprints: { 'sigwardFinding/v1': fingerprint(diagnostic, texts, seen) },
  };
}

function locationOf({ span }: Label, texts: Texts): Record<string, unknown> {
  return { physicalLocation: { artifactLocation: artifactOf(span.file), region: regionOf(span, texts) } };
}

/** A path as a URI reference: relative to where the command was given, as the path was. */
function artifactOf(file: string): Record<string, unknown> {
  const path = shownPath(file);
  return { uri: isAbsolute(path) ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/') };
}

function regionOf({ file, start, end }: Span, texts: Texts): Record<string, number> {
  const text = texts.get(file) ?? '';
  const [from, to] = [positionOf(text, start), positionOf(text, end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function fixOf({ title, edits }: Fix, texts: Texts): Record<string, unknown> {
  const files = [...new Set(edits.map(({ span }) => span.file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifactOf(file),
      replacements: edits.filter(({ span }) => span.file === file).map((edit) => replacementOf(edit, texts)),
    })),
  };
}

function replacementOf({ span, text }: Edit, texts: Texts): Record<string, unknown> {
  return { deletedRegion: regionOf(span, texts), insertedContent: { text } };
}

/** The same for the same finding when lines have moved: what it says of which words, and which of several that are alike it is. */
function fingerprint({ code, message, labels }: Diagnostic, texts: Texts, seen: Map<string, number>): string {
  const span = labels[0]?.span;
  const words = span ? (texts.get(span.file) ?? '').slice(span.start, span.end).replace(/\s+/g, ' ') : '';
  const key = JSON.stringify([code, span && shownPath(span.file), message, words]);
  const nth = seen.get(key) ?? 0;
  seen.set(key, nth + 1);
  return createHash('sha256').update(`${key} ${nth}`).digest('hex').slice(0, 32);
}
