/** Formats in a thread of its own: laying out a file of 30,000 declarations takes seconds, and meanwhile somebody types. */
import { parentPort } from 'node:worker_threads';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from 'vscode-languageserver';
import { formatting } from '../service/features/formatting.js';
import type { Stretch } from '../service/view.js';
import { textEdits } from './text-edits.js';

/** What is to be formatted. */
export interface FormatJob {
  readonly uri: string;
  readonly text: string;
  /** Only what touches it; all of the text without one. */
  readonly stretch: Stretch | undefined;
}

/** The edits of a job; they are told one job after the other, in order. */
export type FormatAnswer = readonly TextEdit[];

parentPort?.on('message', ({ uri, text, stretch }: FormatJob) => {
  const document = TextDocument.create(uri, 'sigward', 0, text);
  parentPort?.postMessage(textEdits(document, formatting(uri, text, stretch)) satisfies FormatAnswer);
});
