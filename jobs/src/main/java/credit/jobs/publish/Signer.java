package credit.jobs.publish;

import credit.approval.format.KeySet;
import credit.approval.format.Manifest;
import credit.approval.format.Timestamp;

/** Signs with the keys in use, and knows all keys. */
interface Signer {
  /** The keys that readers are told. */
  KeySet keys();

  /** {@code keys.jws} as the root signed it. */
  String keysFile();

  /** The manifest in compact form, signed by the role {@code lists}. */
  String sign(Manifest manifest);

  /** The timestamp in compact form, signed by the role {@code timestamp}. */
  String sign(Timestamp timestamp);
}
