export { freePorts } from './ports.ts';
export { type ServiceName, type Shop, type ShopOptions, startShop } from './shop.ts';
export {
  type Answer,
  ATTEMPTS,
  BENIGN,
  bruteForce,
  type Exploit,
  exploits,
  type ShopRequest,
  send,
} from './traffic.ts';
