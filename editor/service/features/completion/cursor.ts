/** Where the cursor is and what is known there. */
import type { Place } from '../../reading/place.js';
import type { View } from '../../view.js';

export interface Cursor {
  readonly view: View;
  readonly file: string;
  readonly text: string;
  readonly offset: number;
  readonly place: Place;
}
