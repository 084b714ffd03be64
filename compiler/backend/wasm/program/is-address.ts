import { addressKey, type Value } from '../../../logic/value.js';

const FIRST_ADDRESS = addressKey('addr4', 0n);

/** Whether the value is an address of IPv4 or IPv6, which 64 bits do not hold; MAC addresses are integers. */
export function isAddress(value: Value): boolean {
  switch (value.kind) {
    case 'Constant':
      return value.value >= FIRST_ADDRESS;
    case 'Field':
      return value.field.type === 'addr4' || value.field.type === 'addr6';
    case 'First':
      return value.of.some(isAddress);
    default:
      return false;
  }
}
