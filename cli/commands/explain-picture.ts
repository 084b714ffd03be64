/** Pictures, drawn in this process by Graphviz compiled to WebAssembly: an optional package. */
import type * as Viz from '@viz-js/viz';
import { Problem } from '../../runtime/problem.js';
import { noPictures } from './explain-diagnostics.js';

/** Which version: package.json pins the same. */
const INSTALL = 'npm install @viz-js/viz@3.31.0';

/** Draws a graph in DOT as SVG. Throws Problem E1505 where the package is not there. */
export async function drawSvg(
  dot: string,
  load: () => Promise<Pick<typeof Viz, 'instance'>> = () => import('@viz-js/viz'),
): Promise<string> {
  const { instance } = await load().catch((cause: unknown) => {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    throw isMissing ? Problem.of(noPictures, { install: INSTALL }) : cause;
  });
  return (await instance()).renderString(dot, { format: 'svg' });
}
