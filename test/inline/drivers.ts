/** Which drivers the tests with real traffic can use here. */
import { DRIVER_NAMES, type DriverName } from '../../runtime/nfqueue/drivers.js';
import { needs } from '../support/skip.js';

/** What the build of the npm package `nfqueue` makes. */
const NFQUEUE_BUILT = 'node_modules/nfqueue/build/Release/nfqueue.node';

/** A driver, and why it cannot be tested, if so. To be called once in a test file: the reason goes to the list of skips. */
export function driversHere(): { readonly driver: DriverName; readonly without: string | undefined }[] {
  return DRIVER_NAMES.map((driver) => ({
    driver,
    without: driver === 'nfqueue' ? needs(NFQUEUE_BUILT) : undefined,
  }));
}
