package credit.jobs.publish;

import credit.approval.format.Jws;
import credit.approval.format.JwsType;
import credit.approval.format.KeySet;
import credit.approval.format.Manifest;
import credit.approval.format.Timestamp;
import java.security.PrivateKey;

/**
 * Signs with two private keys.
 *
 * @param lists signs manifests
 * @param timestamp signs timestamps
 */
record KeySigner(KeySet keys, String keysFile, Held lists, Held timestamp) implements Signer {

  /** A private key and the id of its public half. */
  record Held(String kid, PrivateKey key) {}

  @Override
  public String sign(Manifest manifest) {
    return Jws.sign(JwsType.MANIFEST, lists.kid(), manifest.encode(), lists.key());
  }

  @Override
  public String sign(Timestamp stamp) {
    return Jws.sign(JwsType.TIMESTAMP, timestamp.kid(), stamp.encode(), timestamp.key());
  }
}
